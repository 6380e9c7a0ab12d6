"""A DSL who looks before sending, with a script and without one, and leaves drafts; and the records that are taken.

What would go is asked for as JSON. The page without a script has to say the same of the same text, and a draft has
to be kept without it.
"""

import html
import re
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import repeat

import httpx
import pypdf
from canary_desk import WorkerOf
from canary_people import REFUSED, DslOf, Typed, outcomes, text_of
from canary_places import Place

from evaluation.canary.planting import Planted

NO_NAMES = ["mobile"]
AT_ONCE = 20  # identifiers: what is not sent has a second to be looked at, and is put off while others are answered
TRIES = 10
ONCE = "0" * 32
LAST = 10**9  # after everything that was said


def look_first(dsl: DslOf, consultation: str) -> None:
    """Have the area's identifiers shown before they are sent, on both pages, and left as drafts; none is sent."""
    for some in dsl.walk.batches(dsl.area, "preview", AT_ONCE):
        text, places = text_of(some)
        marks = _marks(dsl, consultation, text)
        assert marks, "it was not looked at"
        told = outcomes(text, places, marks)
        dsl.walk.note(some, "preview", "", None, told)
        stretches = [text[mark["start"] : mark["end"]] for mark in marks]
        assert _marked_on_the_page(dsl, consultation, text) == stretches, "the two pages differ"
        dsl.walk.note(some, "plain preview", "", None, told)
        _leave(dsl, consultation, some, "draft", told)


def leave_a_draft(dsl: DslOf, consultation: str) -> None:
    """Leave a draft that stays, and read it as the page without a script shows it."""
    some = next(dsl.walk.batches(dsl.area, "preview", AT_ONCE))
    text, places = text_of(some)
    _leave(dsl, consultation, some, "draft at rest", outcomes(text, places, _marks(dsl, consultation, text)))
    page = dsl.http.get(f"/consultations/{consultation}/plain")
    assert "You wrote this before and did not send it." in page.text
    dsl.walk.keep("draft", "typist", page, consultation)


def take_records(dsl: DslOf, worker: WorkerOf, consultation: str) -> None:
    """Take the record of a consultation in every form, and read it at the desk as page and paper."""
    here, at_desk = f"/consultations/{consultation}/record", f"{worker.case_at(consultation)}/record"
    for who, http, path in (
        *(("typist", dsl.http, path) for path in (here, f"{here}.txt", f"{here}.pdf")),
        *(("worker", worker.http, path) for path in (at_desk, f"{at_desk}.pdf")),
    ):
        answer = http.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        shown = answer if not path.endswith(".pdf") else httpx.Response(200, text=_printed(answer.content))
        assert "999" in shown.text
        dsl.walk.keep("record", who, shown, consultation)


def _leave(dsl: DslOf, consultation: str, some: Sequence[Planted], door: str, told: Sequence[str]) -> None:
    """Leave identifiers in the box. What is kept of them is a place to be searched; the next draft replaces it."""
    at = f"/api/consultations/{consultation}/unsent"
    body = {"text": text_of(some)[0], "after": LAST, "not_names": NO_NAMES}
    if not _asked(lambda: dsl.http.post(at, json=body).raise_for_status().json()["kept"]):
        dsl.walk.typed += [Typed(one, door, REFUSED) for one in some]
        return
    kept = dsl.walk.house.built.records.unsent(consultation)
    assert kept is not None, "it is kept"
    dsl.walk.note(some, door, kept.text, consultation, told)
    dsl.walk.kept_meanwhile.append(Place("a draft as it was kept", kept.text.encode(), consultation))
    dsl.walk.keep("draft", "typist", dsl.http.get(at), consultation)


def _marks(dsl: DslOf, consultation: str, text: str) -> list[dict]:
    """Return what the page with a script is told."""
    body, at = {"text": text, "not_names": NO_NAMES}, f"/api/consultations/{consultation}/preview"
    return _asked(lambda: dsl.http.post(at, json=body).raise_for_status().json()["marks"])


def _marked_on_the_page(dsl: DslOf, consultation: str, text: str) -> list[str]:
    """Return what the page without a script says would go, in its order."""
    form = {"once": ONCE, "look": "first", "text": text, "not_names": NO_NAMES}

    def told() -> list[str]:
        page = dsl.http.post(f"/consultations/{consultation}/plain", data=form).raise_for_status().text
        looked = page.partition('id="looked"')[2].partition("<textarea")[0]
        return [html.unescape(one) for one in re.findall(r"You typed: <b>(.*?)</b>", looked, re.S)]

    return _asked(told)


def _asked[T](ask: Callable[[], T]) -> T:
    """Return the first answer that says something, or the last."""
    answer = ask()
    for _ in repeat(None, TRIES - 1):
        if answer:
            break
        time.sleep(0.5)
        answer = ask()
    return answer


def _printed(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(paper)).pages)
