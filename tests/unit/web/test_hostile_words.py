"""Hostile words, typed at every door of the whole house: every view of them is built as with harmless words.

The house takes nothing out here, so that a page has only itself to rely on, and the assistant says back what it hears.
Each walk is walked twice: with the words of `tests/cases/hostile.yml`, and with harmless ones of the same length.
"""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from pypdf import PdfReader

from bot.desk.payloads import payload
from bot.desk.ports import Utterance
from tests.attacked_house import ALIAS_BUTTON, AttackedHouse

pytestmark = pytest.mark.timeout(900)
CORPUS = yaml.load(Path("tests/cases/hostile.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
HOSTILE = [words for some in CORPUS.values() for words in some] + ["<b>" * 3000, "=" * 9000]
KENT, MANAGER, EDITOR = "duty.kent", "manager.kent", "editor.kent"
JSON = {"Accept": "application/json"}
RUNS = re.compile(r"^(on|srcdoc|style$)")


def harmless(words: str, number: int) -> str:
    """Return other words of the same length, with the same blanks and line ends; placeholders stay: they are marked."""
    if words.startswith("[child]"):
        return words
    told = iter(f"{chr(97 + number // 26)}{chr(97 + number % 26)}")  # no two are the same
    return "".join(c if c.isspace() else next(told, "x") for c in words if c != "\0")


class Walk:
    """Everything typed everywhere, and every page that came of it, by a name for its place."""

    def __init__(self, house: AttackedHouse, words: list[str]) -> None:
        self.house, self.words = house, words
        # A null is refused wherever it is typed, so that there would be nothing to compare.
        self.fit = [words for words, hostile in zip(words, HOSTILE, strict=True) if "\0" not in hostile]
        self.pages: dict[str, dict[tuple[int, int], str]] = {}  # by the number of the request and its status
        self.files: dict[str, bytes] = {}
        self.streams: dict[str, str] = {}
        self.statuses: dict[str, list[int]] = {}
        self.consultation = house.opened()
        self.at = f"/consultations/{self.consultation}"
        # Others, so that no page grows with each word of which it is asked anew.
        self.beside, self.untouched = (f"/consultations/{house.opened()}" for _ in range(2))
        self.case = self.small = ""

    def does(self, place: str, who: str, method: str, path: str, **given) -> str:
        """Send something and keep the answer as a page of that place."""
        answer = self.house.ask(who, method, path, **given)
        assert answer.status_code < 500, f"{answer.status_code} at {place}"
        statuses = self.statuses.setdefault(place, [])
        statuses.append(answer.status_code)
        if answer.headers.get("content-type", "").startswith("text/html"):
            self.pages.setdefault(place, {})[len(statuses), answer.status_code] = answer.text
        else:
            self.files[place] = answer.content
        return answer.text

    def all_of_it(self) -> "Walk":
        self._a_dsl_types()
        self._a_dsl_asks_for_a_person()
        self._a_desk_types()
        self._an_editor_types()
        self._strangers_type()
        self._everybody_looks()
        return self

    def some(self, most: int) -> Iterator[tuple[int, str]]:
        """Yield all the words in texts of so many characters at most, as a field takes them, each with a number."""
        text, number = "", 0
        for words in self.fit:
            if text and len(text) + len(words) >= most:
                yield number, text
                text, number = "", number + 1
            text = f"{text} {words}".lstrip(" ")[:most]
        yield number, text

    def _a_dsl_types(self) -> None:
        api = f"/api{self.at}"
        for number, words in enumerate(self.fit):
            said = {"client_message_id": f"message-{number}", "text": words, "not_names": []}
            self.does("message", "dsl", "POST", f"{api}/messages", json=said)
        null = {"client_message_id": "message-null", "text": "he is \0hungry"}
        assert self.house.ask("dsl", "POST", f"{api}/messages", json=null).status_code == 422
        for number, words in self.some(900):
            self.does("preview", "dsl", "POST", f"{api}/preview", json={"text": words})
            self.does("unsent", "dsl", "POST", f"{api}/unsent", json={"text": words, "after": 0})
            self.does("unsent again", "dsl", "GET", f"{api}/unsent")
            back = {"text": words, "words": [words[:40]]}
            self.does("put back", "dsl", "POST", f"{api}/messages/2/put-back", json=back)
            plain = {"once": f"{number:032x}", "text": words}
            self.does("plain message", "dsl", "POST", f"{self.beside}/plain", data=plain)
            self.does("plain wrong", "dsl", "POST", f"{self.untouched}/plain", data=plain | {"ticks_of": "1"})
        for number, words in islice(self.some(30), 0, None, 3):
            self._asks_for_an_alias()
            alias = {"client_message_id": f"alias-id-{number}", "text": words or "x"}
            self.does("alias", "dsl", "POST", f"/api{self.beside}/messages", json=alias)
            compared = {"first": words, "second": words, "fact": words, "age_band": words}
            self.does("compare", "dsl", "POST", "/compare", data=compared)
            self.does("staff code made", "dsl", "POST", "/staff/codes", data={"kind": "staff", "label": words})
        for _, words in self.some(190):
            self.does("reference", "dsl", "POST", "/resume", data={"reference": words})
            self.does("reference", "dsl", "POST", "/api/resume", json={"reference": words[:90]})
            code = {"kind": "staff", "label": words, "last_day": words[:19]}
            self.does("staff code", "dsl", "POST", "/staff/codes", data=code)

    def _asks_for_an_alias(self) -> None:
        asks = Utterance("assistant", "What is your alias?", (ALIAS_BUTTON,))
        beside = self.beside.rsplit("/", 1)[1]
        self.house.records.add_outgoing(beside, [asks], self.house.now(), unless_held=False)

    def _a_dsl_asks_for_a_person(self) -> None:
        disagree = f"{self.at}/disagree"
        self.does("disagreed", "dsl", "POST", disagree, data={"act": "open", "about": "level", "stage": "1"})
        for _, words in self.some(900):
            self.does("went well", "dsl", "POST", disagree, data={"act": "went_well", "text": words})
            filled = {"act": words[:70], "about": words[:70], "text": words}
            self.does("disagreed", "dsl", "POST", disagree, data=filled)
        self.case, self.small = (self._handed_over(at) for at in (self.at, self.untouched))

    def _handed_over(self, at: str) -> str:
        whole = "\n".join(self.fit)[:4000]
        case = self.house.handed_over(at.rsplit("/", 1)[1], dsl_view="higher", dsl_reason=whole)
        there = f"/duty/cases/{case}"
        assert self.house.ask(KENT, "POST", f"{there}/claim").status_code == 303
        return there

    def _a_desk_types(self) -> None:
        for number, words in self.some(900):
            said = {"client_id": f"reply-id-{number}", "text": words}
            self.does("reply", KENT, "POST", f"{self.case}/reply", data=said, headers=JSON)
            self.does("note", KENT, "POST", f"{self.case}/notes", data=said)
            looked = {"level": "3", "reason": words, "advice": words, "referral_advised": "no", "by_0": words[:30]}
            looked |= {"action_0": words, "owner_0": "school"}
            self.does("outcome, something missing", KENT, "POST", f"{self.small}/outcome", data=looked)
            looked |= {"by_0": "2027-01-30", "review_on": ""}
            self.does("outcome, read back", KENT, "POST", f"{self.small}/outcome", data=looked)
            self.does("transfer to nobody", KENT, "POST", f"{self.small}/transfer", data={"reason": words, "to": ""})
            offered = {"reason": words, "to_area": "buckinghamshire"}
            self.does("transfer", KENT, "POST", f"{self.case}/transfer", data=offered)
            self.does("recall", KENT, "POST", f"{self.case}/recall")
            desk = {"act": "answer", "disagreement": words[:70], "stage": "1", "text": words}
            self.does("disagreement answered", KENT, "POST", "/duty/disagreements", data=desk)
        for _, words in self.some(60):
            for field in ("reference", "from", "to", "urgency", "stage", "kind"):
                self.does(f"search by {field}", KENT, "GET", "/duty/search", params={field: words[:19]})
            self.does("search by reference", KENT, "GET", "/duty/search", params={"reference": words})
        self._answered()

    def _answered(self) -> None:
        whole = "\n".join(self.fit)[:3000]
        looked = {"level": "3", "reason": whole, "advice": whole, "referral_advised": "no", "send": "yes"}
        looked |= {"action_0": whole[:900], "owner_0": "school", "by_0": "2027-01-30"}
        assert self.house.ask(KENT, "POST", f"{self.case}/outcome", data=looked).status_code == 303

    def _an_editor_types(self) -> None:
        begun = self.house.ask(EDITOR, "POST", "/duty/revisions")
        assert begun.status_code == 303, begun.text
        at = begun.headers["location"]
        for number, words in self.some(900):
            typed = {"edition": str(number + 1), "area.yml": words, "thresholds.yml": f"rows: {words}"}
            self.does("revision saved", EDITOR, "POST", f"{at}/save", data=typed)
            self.does("revision", EDITOR, "GET", at)
            self.does("sheet", EDITOR, "GET", f"{at}/sheet")
            self.does("revision sent back", EDITOR, "POST", f"{at}/send-back", data={"edition": "1", "reason": words})
        for _, words in self.some(90):
            self.does("knowledge", EDITOR, "GET", "/duty/knowledge/" + quote(words, safe="") + "x")

    def _strangers_type(self) -> None:
        for number, words in self.some(190):
            fields = {"login": words, "password": words, "second_factor": words[:19]}
            if number < 3:  # to look at a password takes long, and after some nobody is let in
                self.does("wrong code", "", "POST", "/sign-in", data={"code": words})
                self.does("wrong password", "", "POST", "/duty/sign-in", data=fields)

    def _everybody_looks(self) -> None:
        for place in ("", "/plain", "/outcome", "/disagree", "/record", "/record.txt", "/record.pdf"):
            self.does(f"consultation{place}", "dsl", "GET", f"{self.at}{place}")
        for place in ("/", "/staff", "/another", "/practise", f"/compare?consultation={self.consultation}&second=kent"):
            self.does(place.split("?")[0], "dsl", "GET", place)
        self.does("case", KENT, "GET", self.case)
        self.does("case/name", KENT, "GET", f"{self.case}/name")
        for place in ("/duty/", "/duty/queue", "/duty/shift", "/duty/disagreements"):
            self.does(place, KENT, "GET", place)
        self.does("manager at the case", MANAGER, "GET", self.case)
        for place in ("/duty/answered", "/duty/disagreements"):
            self.does(f"manager at {place}", MANAGER, "GET", place)
        last = len(self.house.records.messages(self.consultation))
        for who, path in (("dsl", f"/api{self.at}/events"), (KENT, f"{self.case}/events")):
            self.streams[who] = self.house.streamed(who, path, until=f"id: {last}\r\n")


@pytest.fixture(scope="module")
def walks(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Walk, Walk]]:
    """The same walk with hostile words and with harmless ones."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        for words in (HOSTILE, [harmless(words, number) for number, words in enumerate(HOSTILE)]):
            house = AttackedHouse(seed, tmp_path_factory.mktemp("attacked") / "var", patch)
            made.append(Walk(house, words).all_of_it())
        yield made[0], made[1]
        for walk in made:
            walk.house.close()


def tree_of(page: str) -> Element:
    """Return the page as a browser builds it; a page that has to be guessed at is none."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    is_whole = page.lstrip().lower().startswith("<!doctype html>")
    tree = parser.parse(page) if is_whole else parser.parseFragment(page)
    # Signs that no page may hold as they are, a bell for one, are taken out by the redaction, which is not there.
    wrong = [error for error in parser.errors if error[1] != "invalid-codepoint"]
    assert not wrong, wrong[:3]
    return tree


def shape_of(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Return every element in order, with the names of what it says of itself."""
    return [(str(one.tag), tuple(sorted(one.attrib))) for one in tree.iter()]


def test_every_page_is_built_as_with_harmless_words(walks: tuple[Walk, Walk]) -> None:
    hostile, plain = walks
    assert plain.pages.keys() <= hostile.pages.keys()
    assert len(plain.pages) > 25, "a walk that sees too little proves nothing"
    for place, pages in plain.pages.items():
        both = pages.keys() & hostile.pages[place].keys()
        assert both, f"{place} was never seen with both"
        for one in both:
            assert shape_of(tree_of(hostile.pages[place][one])) == shape_of(tree_of(pages[one])), f"{place}, {one}"


def test_no_page_has_anything_in_it_that_runs(walks: tuple[Walk, Walk]) -> None:
    for place, pages in walks[0].pages.items():
        for one in (element for page in pages.values() for element in tree_of(page).iter()):
            assert one.tag not in ("iframe", "object", "embed", "base", "style", "math"), place
            assert one.tag != "script" or not (one.text or "").strip(), place
            assert not [name for name in one.attrib if RUNS.match(str(name))], place
            for name in ("href", "src", "action", "formaction"):
                leads = one.get(name, "")
                assert not re.match(r"\s*(javascript|data|vbscript|http:|//)", leads), place
                assert "elsewhere.example" not in leads, place


def test_every_page_shows_the_words_themselves(walks: tuple[Walk, Walk]) -> None:
    """Or the pages above could be alike because they show nothing."""
    for place in ("consultation/plain", "case", "consultation/record", "consultation/outcome"):
        shown = "".join(tree_of(next(iter(walks[0].pages[place].values()))).itertext())
        for words in ("<script>window.ran=1</script>", "{{7*7}}", "${7*7}"):
            assert words in shown, place


def test_streams_carry_one_event_a_message_and_nothing_that_words_add(walks: tuple[Walk, Walk]) -> None:
    for who, stream in walks[0].streams.items():
        events = [dict(line.split(": ", 1) for line in block if ": " in line) for block in _blocks(stream)]
        numbers = [int(event["id"]) for event in events if event.get("event") == "message"]
        assert numbers == list(range(1, numbers[-1] + 1)), who
        assert len(numbers) > 3 * len(HOSTILE)
        assert {event.get("event") for event in events} <= {"message", "state", "typing", "alive", None}
        said = [json.loads(event["data"])["text"] for event in events if event.get("event") == "message"]
        assert "<script>window.ran=1</script>" in said


def _blocks(stream: str) -> list[list[str]]:
    return [re.split(r"\r?\n", block) for block in re.split(r"\r?\n\r?\n", stream)[:-1]]


def test_the_text_to_keep_and_the_paper_say_the_words_and_do_nothing_with_them(walks: tuple[Walk, Walk]) -> None:
    hostile, plain = walks
    text = hostile.files["consultation/record.txt"].decode()
    assert "{{7*7}}" in text
    papers = [PdfReader(BytesIO(walk.files["consultation/record.pdf"])) for walk in (hostile, plain)]
    shown = " ".join(page.extract_text() for page in papers[0].pages)
    assert '#eval("1+1")' in re.sub(r"\s+", " ", shown).replace("“", '"').replace("”", '"')
    assert "root:x:" not in shown
    annotated = [[a.get_object()["/Subtype"] for p in paper.pages for a in p.get("/Annots", ())] for paper in papers]
    assert annotated[0] == annotated[1], "no words have become a link"


def test_no_door_answers_otherwise_than_to_harmless_words_but_by_refusing(walks: tuple[Walk, Walk]) -> None:
    hostile, plain = walks
    for place, statuses in hostile.statuses.items():
        for got, usual in zip(statuses, plain.statuses[place], strict=True):
            assert got == usual or got in (400, 401, 404, 409, 413, 422), f"{place}: {got}, not {usual}"


def test_rasa_is_told_no_command_that_a_person_typed(walks: tuple[Walk, Walk]) -> None:
    told = walks[0].house.rasa.told
    assert len(told) > len(HOSTILE)
    ours = (payload("open_consultation", {"child_area": "kent"}), payload("open_consultation", {}))
    for message in told:
        if message in ours or message.startswith('/raise_red_flag{"words": '):
            assert message in ours or set(json.loads(message.removeprefix("/raise_red_flag"))) == {"words"}
        else:
            assert not message.lstrip().startswith("/"), message
