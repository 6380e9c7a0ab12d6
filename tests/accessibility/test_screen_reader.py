"""A consultation as it is heard: every message once, with its speaker, in order, and nothing that was heard before.

`consultation.txt` is the whole of it, for whoever wants to read what somebody who does not see the page is told. Where
the words of the pages or the script change, write it anew and read what changed:

    NONAME_GOLDEN=1 ./noname test tests/accessibility/test_screen_reader.py
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.accessibility.house import Doors, duty_worker
from tests.accessibility.screen_reader import ScreenReader, in_order, speaker_of
from tests.accessibility.visit import FILLED_IN, Visit, visiting

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "consultation.txt"
HELLO = "Hello, I have read it. Is he in school today?"
CONSULTATION = "c0001"

Step = Callable[[Visit], None]


def presses(name: str) -> Step:
    """Press the last button of a name with Enter."""
    return lambda visit: visit.page.get_by_role("button", name=name, exact=True).last.press("Enter")


def types(text: str) -> Step:
    def step(visit: Visit) -> None:
        visit.page.locator("#text").focus()
        visit.page.keyboard.type(text)
        visit.page.keyboard.press("Enter")

    return step


def ticks(name: str) -> Step:
    def step(visit: Visit) -> None:
        visit.page.get_by_label(name).last.check()
        visit.page.get_by_role("button", name="Send what is ticked").press("Enter")

    return step


def is_claimed(visit: Visit) -> None:
    visit.posts(f"/duty/cases/{_case(visit)}/claim")


def is_written_to(visit: Visit) -> None:
    visit.tells(CONSULTATION, duty_worker(HELLO))


def is_answered(visit: Visit) -> None:
    visit.posts(f"/duty/cases/{_case(visit)}/outcome", FILLED_IN | {"send": "yes"})


def _case(visit: Visit) -> str:
    return visit.house.kept[CONSULTATION].case.id


# What happens, how many messages stand in the conversation then, and who has it.
STEPS: tuple[tuple[str, Step, int, str], ...] = (
    ("The DSL presses Kent", presses("Kent"), 4, "with_assistant"),
    ("The DSL presses No", presses("No"), 6, "with_assistant"),
    ("The DSL types a worry with a name in it", types("mum Sharon never took him to the dentist"), 9, "with_assistant"),
    ("The DSL presses That is right", presses("That is right"), 11, "with_assistant"),
    ("The DSL ticks None of these and sends it", ticks("None of these"), 14, "with_assistant"),
    ("The DSL asks for a person", presses("Ask for a person"), 14, "offered"),
    ("The DSL waits for one", presses("Wait for a duty social worker"), 15, "waiting"),
    ("A duty social worker claims it", is_claimed, 15, "claimed"),
    ("The duty social worker writes", is_written_to, 16, "claimed"),
    ("The DSL answers them", types("yes he is in class now"), 17, "claimed"),
    ("The duty social worker answers the case", is_answered, 18, "answered"),
    ("The DSL says that it is settled", presses("That answers it"), 19, "closed"),
)


@pytest.fixture(scope="module")
def consultation(browser: Browser, doors: Doors, packages: Path) -> list[tuple[str, list[str], list[str]]]:
    """Hold the consultation and return what was heard at each step: messages, and what was said beside them."""
    with visiting(browser, doors, {}) as visit:
        visit.as_dsl().as_worker().opened()
        reader = _listening_before_anything_comes(visit, packages)
        expect(visit.page.locator(".turn")).to_have_count(2)
        heard, told = [("The page opens", *in_order(reader.heard()))], set()
        for name, step, turns, stage in STEPS:
            told |= set(heard[-1][2])
            step(visit)
            expect(visit.page.locator(".turn")).to_have_count(turns)
            expect(visit.page.locator("#banner")).to_have_attribute("data-stage", stage)
            messages, beside = in_order(reader.heard())
            # How often the connection brings a state that is as before says nothing of the page.
            heard.append((name, messages, [said for said in beside if said not in told]))
    return heard


def _listening_before_anything_comes(visit: Visit, packages: Path) -> ScreenReader:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/events?*", hold)
    page: Page = visit.goes(f"/consultations/{CONSULTATION}")
    reader = ScreenReader(page, packages)
    while not held:
        page.wait_for_timeout(50)
    page.unroute("**/events?*")
    held[0].continue_()
    return reader


def test_what_stood_there_before_is_not_read_out(consultation) -> None:
    assert consultation[0][1] == []


def test_every_new_message_is_heard_once_with_its_speaker_and_in_order(consultation) -> None:
    heard = [message for _, messages, _ in consultation for message in messages]
    assert len(heard) == len(set(heard)), "a message is heard once"
    by_buttons, worry = ["You", "Assistant"], ["You", "Assistant", "Assistant"]
    person = ["About this conversation", "Duty social worker", "You", "About this conversation"]
    told = [*by_buttons, *by_buttons, *worry, *by_buttons, *worry, *person, "About this conversation"]
    assert [speaker_of(message) for message in heard] == told


def test_what_was_taken_out_is_never_heard(consultation) -> None:
    assert "Sharon" not in str([messages for _, messages, _ in consultation])


def test_who_has_the_consultation_is_heard_when_it_changes(consultation) -> None:
    beside = {name: "\n".join(said) for name, _, said in consultation}
    assert "Waiting for a duty social worker" in beside["The DSL waits for one"]
    assert "is here. The assistant is silent now" in beside["A duty social worker claims it"]
    assert "has answered" in beside["The duty social worker answers the case"]
    assert "Settled." in beside["The DSL says that it is settled"]


def test_it_is_heard_as_it_was_written_down(consultation) -> None:
    told = "\n".join(_written(*step) for step in consultation)
    if os.environ.get("NONAME_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8"), "read what changed; NONAME_GOLDEN=1 writes it anew"


def _written(name: str, messages: list[str], beside: list[str]) -> str:
    lines = [f"== {name}", *(f"message  {said}" for said in messages), *(f"beside   {said}" for said in beside)]
    return "\n".join(" ".join(line.split()) if line.startswith("beside") else line for line in lines) + "\n"
