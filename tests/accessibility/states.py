"""Every state of the widget and the console that a person can meet. A new page belongs here, or the tests say so.

Routes that answer with no page stand in `NO_PAGE`, each with what it is instead.
"""

from tests.accessibility.of_a_conversation import TALK
from tests.accessibility.of_knowledge import KNOWLEDGE
from tests.accessibility.of_scrutiny import SCRUTINY
from tests.accessibility.of_the_console import CONSOLE
from tests.accessibility.of_the_widget import WIDGET
from tests.accessibility.of_what_is_beside import BESIDE
from tests.accessibility.state import State

STATES: tuple[State, ...] = (*WIDGET, *TALK, *BESIDE, *CONSOLE, *KNOWLEDGE, *SCRUTINY)

# What answers with no page of its own. A form that goes back to a page is that page's state.
NO_PAGE = {
    "for programs": ("/livez", "/readyz", "/metrics", "/.well-known/", "/rasa/", "/telegram/", "/api/", "/duty/api/"),
    "a file to keep": (
        *("/kit/", "/consultations/{consultation_id}/record.txt"),
        *("/duty/reports/{year}/{area}/report.pdf", "/duty/reports/{year}/{area}/{name}.csv"),
    ),
    "a picture on a page": ("/duty/reports/{year}/{area}/{table}.svg",),
    "for pages elsewhere, and how ours look": ("/widget.js", "/theme/"),
    "a stream": ("/duty/events", "/duty/cases/{case_id}/events"),
    "sends the browser on": ("GET /duty", "GET /duty/sign-in/council", "GET /duty/sign-in/council/back"),
    "answers a script with nothing": (
        *("POST /duty/cases/{case_id}/typing", "POST /duty/cases/{case_id}/seen"),
        "POST /duty/presence",
    ),
}


def answers_with_no_page(route: str) -> bool:
    """Whether a route of the table of rights stands among those that answer with no page."""
    path = route.split(" ")[1]
    named = [name for names in NO_PAGE.values() for name in names]
    return any(name in (route, path) or (name.endswith("/") and path.startswith(name)) for name in named)
