"""The knowledge pages of the console: the sheet of an area, and the steps of a change, over HTTP."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.desk.ports import Person
from bot.knowledge.draft import FILES as NAMES
from tests.at_the_editing_desk import LOWER, NEW_NUMBER, EditingDesk
from tests.fakes_web import FakeHouse
from tests.testshire import FILES, SLUG
from tests.unit.web.visitor import Visitor, main_of


class Editor(Visitor):
    """A browser at the console in which somebody has signed in."""

    def __init__(self, desk: EditingDesk, person: Person) -> None:
        house = FakeHouse()
        house.editing = desk.editing
        super().__init__(house)
        self._client.cookies.set("noname_duty", house.sign_in(person), path="/duty")

    def edition(self, revision: str) -> str:
        return re.search(r'name="edition" value="(\d+)"', self.get(revision).text)[1]

    def step(self, revision: str, name: str, **given: str):
        return self.post(f"{revision}/{name}", data={"edition": self.edition(revision), **given})

    def drafted(self, changed: dict[str, str] = NEW_NUMBER) -> str:
        revision = self.post("/duty/revisions").headers["location"]
        assert self.step(revision, "save", **changed).status_code == 303
        return revision


class Heard(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[dict[str, int]] = []
        self.unlabelled: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._labels: set[str] = set()
        self._fields: list[str] = []
        self.feed(page)
        self.unlabelled += [name for name in self._fields if name not in self._labels]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag not in ("input", "br", "meta", "link", "path"):
            self._open.append(tag)
        if "id" in held:
            self.ids.append(held["id"])
        if tag == "table":
            self.tables.append({"captions": 0, "columns": 0, "rows": 0, "headed": 0})
        elif self.tables and "table" in self._open:
            counted = {"caption": "captions", "tr": "rows"}.get(tag)
            counted = {"col": "columns", "row": "headed"}.get(held.get("scope") or "", counted)
            if counted:
                self.tables[-1][counted] += 1
        if tag == "label" and "for" in held:
            self._labels.add(held["for"])
        if tag in ("input", "textarea") and held.get("type") != "hidden" and "label" not in self._open:
            self._fields.append(held.get("id") or "?")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass


@pytest.fixture
def desk(tmp_path: Path) -> EditingDesk:
    return EditingDesk(tmp_path)


@pytest.fixture
def ada(desk: EditingDesk) -> Iterator[Editor]:
    editor = Editor(desk, desk.ada)
    yield editor
    editor.close()


@pytest.fixture
def ben(desk: EditingDesk) -> Iterator[Editor]:
    editor = Editor(desk, desk.ben)
    yield editor
    editor.close()


def in_words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# the sheet


def test_a_worker_of_any_area_sees_the_sheet_of_every_area(desk: EditingDesk) -> None:
    for person in (desk.sam, desk.kim):
        visitor = Editor(desk, person)
        listed = visitor.get("/duty/knowledge").text
        assert f'href="/duty/knowledge/{SLUG}?on=2026-11-20"' in listed
        assert visitor.get(f"/duty/knowledge/{SLUG}?on=2026-11-20").status_code == 200
        visitor.close()


def test_the_sheet_says_everything_with_its_source_and_a_box(ada: Editor) -> None:
    page = ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-22").text
    said = in_words(page)
    for words in (
        "Level 3: Intensive",
        "A request to the front door.",
        "is often hungry",
        "Testshire Safeguarding Partnership: Threshold document, page 3",
        "Dated: January 2024",
        "Looked at 2 November 2026",
        "01632 960300",
        "Past its check: it was due by 5 July 2025",
        "Not published, as far as we read: Link worker for schools",
        "The pages on staff were not read.",
        "the two managers",
        "Breakfast before school.",
        "National rows at level 4",
        "Off: nobody has confirmed it",
        "Name of service",
        "Signature",
        "testshire-",
        "999",
    ):
        assert words in said, words
    rows = page.count("<tr") - page.count("<thead")
    assert page.count('class="confirm"><label>') == rows - 2, "a box for every row but the two to sign in"


def test_the_tables_of_the_sheet_can_be_listened_to(ada: Editor) -> None:
    heard = Heard(ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-22").text)

    assert len(heard.tables) > 10
    for table in heard.tables:
        assert table["captions"] == 1
        assert table["columns"] >= 3
    for table in heard.tables[1:]:
        assert table["headed"] == table["rows"] - 1, "every row has a head"
    assert heard.unlabelled == []
    assert len(heard.ids) == len(set(heard.ids))


def test_the_sheet_needs_no_script(ada: Editor) -> None:
    page = ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-22").text
    main = main_of(page)

    assert "<script" not in main
    assert not re.search(r"\shidden[\s>]", main), "nothing waits for a script to show it"


def test_a_day_before_the_pack_says_that_nothing_was_in_force(ada: Editor) -> None:
    answer = ada.get(f"/duty/knowledge/{SLUG}?on=2023-05-05")

    assert answer.status_code == 404
    assert "Not in force on 5 May 2023" in answer.text
    assert "starts on 1 January 2024" in in_words(answer.text)


@pytest.mark.parametrize("place", ["/duty/knowledge/nowhere", "/duty/knowledge/..%2Fnational"])
def test_an_area_that_is_not_held_has_no_sheet(ada: Editor, place: str) -> None:
    assert ada.get(place).status_code in (404, 422)


def test_a_day_that_is_none_is_not_understood(ada: Editor) -> None:
    assert ada.get(f"/duty/knowledge/{SLUG}?on=yesterday").status_code == 422


def test_the_sheet_of_a_code_is_the_sheet_of_its_area(ada: Editor) -> None:
    assert "Testshire: what the assistant would say" in ada.get("/duty/knowledge/E06000999").text


# the steps of a change


def test_a_change_from_draft_to_in_force_and_out_again(desk: EditingDesk, ada: Editor, ben: Editor) -> None:
    revision = ada.drafted()
    assert "01632 960100 → 01632 960999" in in_words(ada.get(revision).text)
    assert ada.step(revision, "submit").status_code == 303
    page = ben.get(f"{revision}?on=2026-11-25").text
    assert "Approve from 25 November 2026" in page
    given = {"starts": "2026-11-25", "against": re.search(r'name="against" value="([^"]+)"', page)[1]}
    assert ben.step(revision, "approve", **given).status_code == 303
    assert "01632 960999" in ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-25").text
    assert "01632 960999" not in ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-24").text
    assert "From 25 November 2026" in in_words(ada.get("/duty/knowledge").text)
    assert ben.step(revision, "withdraw").status_code == 303
    assert "01632 960999" not in ada.get(f"/duty/knowledge/{SLUG}?on=2026-11-25").text
    assert [what for what, _ in desk.events()][-1] == "revision.withdrawn"


def test_what_withdrawing_comes_to_is_told_above_its_button(desk: EditingDesk, ada: Editor) -> None:
    revision = f"/duty/revisions/{desk.approved().id}"
    page = ada.get(revision).text
    said = in_words(page)

    told = said.index("If it is withdrawn, seen from 22 November 2026")
    assert told < said.index("01632 960999 → 01632 960100") < said.index("Withdraw it")
    assert Heard(page).unlabelled == []


def test_a_change_that_another_would_put_back_is_offered_no_approval_and_says_why(
    desk: EditingDesk, ben: Editor
) -> None:
    waiting = desk.submitted({"area.yml": FILES["area.yml"].replace("01632 960200", "01632 960555")})
    desk.approved(date(2026, 12, 1))
    revision = f"/duty/revisions/{waiting.id}"
    page = ben.get(f"{revision}?on=2026-11-25").text

    assert "From 1 December 2026 on another change that has been approved holds in its place" in in_words(page)
    assert f'action="{revision}/approve"' not in page
    assert f'action="{revision}/approve"' in ben.get(f"{revision}?on=2026-12-01").text


def test_the_one_who_wrote_is_offered_no_approval_and_gets_none(ada: Editor) -> None:
    revision = ada.drafted()
    ada.step(revision, "submit")
    page = ada.get(revision).text

    assert f"{revision}/approve" not in page
    assert "Somebody who has not written in it has to approve it" in page
    answer = ada.step(revision, "approve", starts="2026-11-25", against="x")
    assert answer.status_code == 409
    assert "That is how two people look at every change" in in_words(answer.text)


def test_what_is_wrong_is_shown_with_its_place_and_cannot_be_submitted(ada: Editor) -> None:
    revision = ada.drafted(LOWER)
    said = in_words(ada.get(revision).text)

    assert "Row shire-hungry-often: level 3 → 2 Look twice" in said
    assert "A child who is often hungry is level 3 in Testshire: level should be 3 and is 2" in said
    assert ada.step(revision, "submit").status_code == 409


def test_a_broken_file_says_where(ada: Editor) -> None:
    revision = ada.drafted({"sources.yml": "sources:\n  a: [\n"})

    assert "sources.yml, line " in in_words(ada.get(revision).text)
    assert ada.get(f"{revision}/sheet").status_code == 303, "there is no sheet of what cannot be read"


def test_what_was_typed_too_late_is_still_in_the_box(ada: Editor, ben: Editor) -> None:
    revision = ada.drafted()
    old = ada.edition(revision)
    assert ben.step(revision, "save", **{"sources.yml": FILES["sources.yml"] + "# ben\n"}).status_code == 303
    answer = ada.post(f"{revision}/save", data={"edition": old, "sources.yml": "# what Ada typed\n"})

    assert answer.status_code == 409
    assert "# what Ada typed" in answer.text
    assert "moved on" in answer.text


def test_sending_back_says_why_to_the_writer(ada: Editor, ben: Editor) -> None:
    revision = ada.drafted()
    ada.step(revision, "submit")
    assert ben.step(revision, "send-back", reason="").status_code == 409
    assert ben.step(revision, "send-back", reason="The <b>number</b> is old").status_code == 303

    assert "The &lt;b&gt;number&lt;/b&gt; is old" in ada.get(revision).text


def test_every_file_has_a_box_with_its_name_on_it(ada: Editor) -> None:
    page = ada.get(ada.drafted()).text

    for number, name in enumerate(NAMES, start=1):
        assert f'<label class="govuk-label" for="file-{number}">{name}</label>' in page
    assert Heard(page).unlabelled == []


def test_what_editors_type_is_escaped(ada: Editor) -> None:
    revision = ada.drafted({"area.yml": FILES["area.yml"] + "# </textarea><script>x</script>\n"})

    assert "</textarea><script>" not in ada.get(revision).text


def test_a_file_of_the_largest_size_goes_through_and_a_larger_does_not(ada: Editor) -> None:
    revision = ada.drafted()
    largest = FILES["sources.yml"] + "# é\n" + "#" * (512 * 1024 - len(FILES["sources.yml"].encode()) - 7) + "\n"

    assert ada.step(revision, "save", **{"sources.yml": largest}).status_code == 303
    refused = ada.step(revision, "save", **{"sources.yml": largest + "# more\n"})
    assert refused.status_code == 422
    assert "too large" in refused.text
    assert ada.step(revision, "save", **{"sources.yml": "#" * 6_000_000}).status_code == 413


@pytest.mark.parametrize("name", ["evil.py", "../area.yml", "area.yml.bak"])
def test_a_file_outside_the_five_is_refused(ada: Editor, name: str) -> None:
    revision = ada.drafted()

    assert ada.step(revision, "save", **{name: "x"}).status_code == 422


STEPS = {
    "save": {"area.yml": "name: X"},
    "submit": {},
    "take-back": {},
    "approve": {"starts": "2026-12-01", "against": ""},
    "send-back": {"reason": "No"},
    "withdraw": {},
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(("who", "refused"), [("kim", 404), ("sam", 403)])
def test_a_revision_of_another_area_is_not_there_and_who_is_no_editor_is_refused(
    desk: EditingDesk, who: str, refused: int, name: str
) -> None:
    revision = f"/duty/revisions/{desk.drafted().id}"
    before = list(desk.records.audit)
    stranger = Editor(desk, getattr(desk, who))

    assert stranger.post(f"{revision}/{name}", data={"edition": "2", **STEPS[name]}).status_code == refused
    assert stranger.get(revision).status_code == refused
    assert stranger.get(f"{revision}/sheet").status_code == refused
    assert desk.records.audit == before
    stranger.close()


def test_who_is_no_editor_is_offered_nothing_and_starts_nothing(desk: EditingDesk) -> None:
    visitor = Editor(desk, desk.sam)

    assert "Start a draft" not in visitor.get("/duty/knowledge").text
    assert visitor.post("/duty/revisions").status_code == 403
    visitor.close()


def test_another_site_cannot_make_an_editors_browser_approve(ada: Editor, ben: Editor) -> None:
    revision = ada.drafted()
    ada.step(revision, "submit")
    given = {"edition": ben.edition(revision), "starts": "2026-12-01", "against": ""}
    answer = ben.post(f"{revision}/approve", data=given, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403


@pytest.mark.parametrize("edition", ["", "x", "-1", "0", "99999999999999999999", "9" * 5000])
def test_an_edition_that_is_none_changes_nothing(ada: Editor, desk: EditingDesk, edition: str) -> None:
    revision = ada.drafted()
    before = list(desk.records.audit)

    for name, given in STEPS.items():
        assert ada.post(f"{revision}/{name}", data={"edition": edition, **given}).status_code in (404, 409, 422)
    assert desk.records.audit == before
