"""A DSL's page about colleagues: without a script, for their own school alone, and with nothing said in an address."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.ports import Person, Role, Utterance
from bot.desk.staff.links import LinkKind
from tests.factories import create_consultation
from tests.fakes_duty import BEA, DANA
from tests.fakes_staff import ASKS_THE_WORRY, make_staff
from tests.fakes_web import NOW, FakeHouse
from tests.unit.web.visitor import Visitor, in_words, main_of

PAGE = "/staff"
WORDS = "A bruise that [parent 1] would not speak of.\nOn the arm."
CHAT = "a" * 64


class AtSchool(Visitor):
    """A DSL of Kent whose colleague has passed something on."""

    def __init__(self) -> None:
        house = FakeHouse()
        house.staff = make_staff(house.records, house.bells, bot="noname_test_bot")
        super().__init__(house)
        self.desk = house.staff
        self.link = self.desk.link(self.desk.make_code(DANA, LinkKind.STAFF, "Year 4 teacher", NOW), CHAT, 1, NOW)
        create_consultation(house.records, self.link.person, id="talk", designation="coral finch")

    def passed_on(self, words: str = WORDS, urgent: bool = False):
        """Pass something on and return it."""
        return self.desk.pass_on("talk", urgent, words, NOW)

    def acts(self, note, act: str):
        """Press a button of what was passed on."""
        return self.post(f"{PAGE}/passed-on/{note.id}/{act}")


@pytest.fixture
def dana():
    visitor = AtSchool()
    yield visitor.as_dsl()
    visitor.close()


def words_of(visitor: Visitor) -> str:
    answer = visitor.get(PAGE)
    assert answer.status_code == 200
    return in_words(answer.text)


# the page


def test_it_is_reached_from_the_start_needs_a_sign_in_and_no_script(dana: AtSchool) -> None:
    assert f'href="{PAGE}"' in dana.get("/").text
    assert "<script" not in main_of(dana.get(PAGE).text)
    dana.post("/sign-out")
    assert dana.get(PAGE).status_code == 303


def test_the_start_does_not_lead_there_where_staff_have_no_way_to_write(visitor: Visitor) -> None:
    visitor.house.staff = make_staff(visitor.house.records, visitor.house.bells, bot=None)
    assert f'href="{PAGE}"' not in visitor.as_dsl().get("/").text


def test_with_nothing_there_it_says_so(visitor: Visitor) -> None:
    words = words_of(visitor.as_dsl())
    assert "Nothing was passed on." in words
    assert "Nobody is linked." in words
    assert "999" in words


def test_what_was_passed_on_is_shown_with_who_when_and_the_words(dana: AtSchool) -> None:
    dana.passed_on()
    page = dana.get(PAGE).text
    assert "New: Year 4 teacher, 20 November 2026, 10:00am They know it as CORAL-FINCH." in in_words(page)
    assert "<mark>[parent 1]</mark> would not speak of.</p><p>On the arm.</p>" in page


def test_what_was_passed_on_is_text_and_never_mark_up(dana: AtSchool) -> None:
    dana.passed_on("<script>alert(1)</script>")
    page = dana.get(PAGE).text
    assert "<script" not in main_of(page)
    assert "&lt;script&gt;" in page


def test_urgent_word_comes_first_and_needs_no_words(dana: AtSchool) -> None:
    dana.passed_on()
    dana.passed_on("", urgent=True)
    words = words_of(dana)
    assert words.index("Urgent New: Year 4 teacher") < words.index("A bruise")
    assert "They asked for you and wrote nothing more." in words


def test_seen_is_kept_and_said_no_more(dana: AtSchool) -> None:
    note = dana.passed_on()
    assert dana.acts(note, "seen").headers["location"] == PAGE
    page = dana.get(PAGE).text
    assert "I have seen this" not in page
    assert "New" not in in_words(page)
    assert "A bruise" in page
    assert dana.desk.one(DANA, note.id).seen_by == DANA.id


# beginning a consultation


def asks_the_worry(dana: AtSchool, consultation: str) -> None:
    dana.house.tells(consultation, Utterance("assistant", ASKS_THE_WORRY))


def test_a_consultation_begins_from_it_and_the_words_are_in_no_address(dana: AtSchool) -> None:
    note = dana.passed_on()
    there = dana.acts(note, "take-up").headers["location"]
    consultation = there.removeprefix("/consultations/")
    assert re.fullmatch(r"c\d{4}", consultation)
    assert dana.house.kept[consultation].consultation.person_id == DANA.id
    page = dana.get(there).text
    assert "data-draft" in page
    assert "bruise" not in page
    assert dana.desk.one(DANA, note.id).taken_up == consultation


def test_the_words_come_as_a_draft_when_the_worry_is_asked_and_are_not_said_by_it(dana: AtSchool) -> None:
    consultation = dana.acts(dana.passed_on(), "take-up").headers["location"].removeprefix("/consultations/")
    at = f"/api/consultations/{consultation}/draft"
    assert dana.get(at).json() == {"words": ""}
    asks_the_worry(dana, consultation)
    assert dana.get(at).json() == {"words": WORDS}
    said = dana.house.kept[consultation].messages
    assert all(message.utterance.speaker != "dsl" for message in said)
    dana.as_dsl("bucks-1")
    assert dana.get(at).status_code == 404


def test_a_consultation_that_was_begun_otherwise_has_no_draft(dana: AtSchool) -> None:
    dana.passed_on()
    consultation = dana.opened()
    asks_the_worry(dana, consultation)
    assert "data-draft" not in dana.get(f"/consultations/{consultation}").text
    assert dana.get(f"/api/consultations/{consultation}/draft").json() == {"words": ""}


def test_pressing_again_leads_to_the_same_consultation(dana: AtSchool) -> None:
    note = dana.passed_on()
    first = dana.acts(note, "take-up").headers["location"]
    assert dana.acts(note, "take-up").headers["location"] == first
    page = dana.get(PAGE).text
    assert f'href="{first}"' in page
    assert "Start a consultation from this" not in page


def test_what_another_dsl_has_taken_up_is_theirs(dana: AtSchool) -> None:
    note = dana.passed_on()
    deputy, records = Person("dsl-9", Role.DSL, "Deputy", "kent", DANA.school), dana.house.records
    records._people[deputy.id], records._school_of[deputy.id] = deputy, records._school_of[DANA.id]
    opened = create_consultation(records, deputy, id="theirs")
    dana.desk.take_up(deputy, note.id, opened.id, NOW)
    assert "A colleague has started a consultation from this." in words_of(dana)
    answer = dana.acts(note, "take-up")
    assert answer.status_code == 409
    assert "Another colleague has started a consultation from this." in answer.text
    assert "999" in answer.text
    assert "theirs" not in answer.text


# urgent word, elsewhere


def test_urgent_word_is_told_on_the_first_page_until_it_was_seen(dana: AtSchool) -> None:
    assert "urgent" not in dana.get("/").text
    note = dana.passed_on(urgent=True)
    told = "A colleague passed on something urgent at 10:00am on 20 November 2026. See what your staff passed on"
    assert told in in_words(dana.get("/").text)
    assert told in in_words(dana.post("/resume", data={"reference": "wrong"}).text)
    assert "bruise" not in dana.get("/").text
    dana.acts(note, "seen")
    assert "urgent" not in dana.get("/").text


def test_urgent_word_is_part_of_the_state_that_a_conversation_follows(dana: AtSchool) -> None:
    consultation = dana.opened()
    assert dana.get(f"/api/consultations/{consultation}").json()["staff_urgent_at"] is None
    dana.passed_on(urgent=True)
    assert dana.get(f"/api/consultations/{consultation}").json()["staff_urgent_at"] == "2026-11-20T10:00:00Z"
    streamed = dana.streamed(f"/api/consultations/{consultation}/events").text
    assert '"staff_urgent_at":"2026-11-20T10:00:00Z"' in streamed
    assert "bruise" not in streamed


def test_another_schools_dsl_and_the_desk_are_told_nothing(dana: AtSchool) -> None:
    dana.passed_on(urgent=True)
    dana.as_dsl("bucks-1").as_worker("cat")
    assert "urgent" not in dana.get("/").text
    assert "Nothing was passed on." in words_of(dana)
    assert "bruise" not in dana.get(PAGE).text
    case = dana.handed_over()
    dana.as_worker("ann")
    assert '"staff_urgent_at":null' in dana.streamed(f"/duty/cases/{case}/events").text


# codes and links


def codes(dana: AtSchool, **given: str):
    return dana.post(f"{PAGE}/codes", data={"kind": "staff", "label": "Cook"} | given)


def code_in(page: str) -> str:
    return re.search(r'class="code reference">([^<]+)<', page)[1]


def test_a_code_is_shown_once_with_its_address_and_what_to_hand_over(dana: AtSchool) -> None:
    answer = codes(dana)
    code = code_in(answer.text)
    assert f'href="https://t.me/noname_test_bot?start={code}"' in answer.text
    words = in_words(answer.text)
    assert "A code for Cook" in words
    assert "It works once, until 28 November 2026." in words
    assert "Write no names there: Telegram’s servers see what you type before we do. In danger ring 999." in words
    assert code not in dana.get(PAGE).text
    assert dana.desk.link(code, "b" * 64, 2, NOW).person.name == "Cook"


def test_without_a_bot_there_is_a_code_and_no_address(visitor: Visitor) -> None:
    answer = visitor.as_dsl().post(f"{PAGE}/codes", data={"kind": "staff", "label": "Cook"})
    assert code_in(answer.text)
    assert "t.me" not in answer.text
    assert "Ask whoever runs this service for its name." in in_words(answer.text)


def test_the_last_day_is_the_one_that_was_chosen(dana: AtSchool) -> None:
    code = code_in(codes(dana, last_day="2026-12-18").text)
    dana.desk.link(code, "b" * 64, 2, NOW)
    assert "Cook Since 20 November 2026, until 18 December 2026" in words_of(dana)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"label": " "}, "Say who the code is for"),
        ({"label": "x" * 41}, "Say who the code is for"),
        ({"last_day": "2026-11-19"}, "Choose a day from today"),
        ({"last_day": "2027-09-01"}, "Choose a day from today"),
        ({"last_day": "canary"}, "Choose a day from today"),
    ],
)
def test_what_cannot_be_is_said_in_words_with_999_and_makes_no_code(dana: AtSchool, given: dict, why: str) -> None:
    before = len(dana.desk.kept.codes)
    answer = codes(dana, **given)
    assert answer.status_code == 422
    assert why in answer.text
    assert "ring 999" in in_words(answer.text)
    assert len(dana.desk.kept.codes) == before


def test_what_was_filled_in_stays_in_the_form(dana: AtSchool) -> None:
    assert 'value="Cook"' in codes(dana, last_day="2026-11-19").text


@pytest.mark.parametrize("given", [{"kind": "canary"}, {"label": "canary" * 100}, {"kind": ""}])
def test_what_no_form_of_ours_sends_is_refused_and_not_repeated(dana: AtSchool, given: dict) -> None:
    answer = codes(dana, **given)
    assert answer.status_code == 422
    assert "canary" not in answer.text
    assert "999" in answer.text


def test_a_link_is_ended_from_the_page(dana: AtSchool) -> None:
    assert "Year 4 teacher Since 20 November 2026, until 31 August 2027" in words_of(dana)
    assert dana.post(f"{PAGE}/links/{dana.link.id}/end").headers["location"] == PAGE
    assert dana.desk.link_of(CHAT, NOW) is None
    assert "Nobody is linked." in words_of(dana)


def test_notices_are_made_shown_and_ended(dana: AtSchool) -> None:
    assert "Make a code for notices" in words_of(dana)
    answer = codes(dana, kind="notices", label="")
    assert "A code for your own notices" in in_words(answer.text)
    link = dana.desk.link(code_in(answer.text), "b" * 64, 2, NOW)
    words = words_of(dana)
    assert "You are told since 20 November 2026, until 31 August 2027." in words
    assert "Make a code for notices" not in words
    dana.post(f"{PAGE}/links/{link.id}/end")
    assert "Make a code for notices" in words_of(dana)


def test_another_schools_things_are_as_good_as_not_there(dana: AtSchool) -> None:
    note = dana.passed_on()
    dana.as_dsl("bucks-1")
    for path in (f"links/{dana.link.id}/end", f"passed-on/{note.id}/seen", f"passed-on/{note.id}/take-up"):
        assert dana.post(f"{PAGE}/{path}").status_code == 404
    assert dana.desk.link_of(CHAT, NOW) == dana.link
    assert dana.desk.one(DANA, note.id) == note
    assert [kept.consultation.person_id for kept in dana.house.kept.values()].count(BEA.id) == 0


@pytest.mark.parametrize("path", ["codes", "links/x/end", "passed-on/x/seen", "passed-on/x/take-up"])
def test_another_site_can_make_nobody_press_anything(dana: AtSchool, path: str) -> None:
    answer = dana.post(f"{PAGE}/{path}", data={"kind": "staff", "label": "x"}, headers={"Origin": "https://elsewhere"})
    assert answer.status_code == 403


def test_an_old_link_is_not_shown(dana: AtSchool) -> None:
    dana.house.clock = lambda: NOW + timedelta(days=400)
    assert dana.desk.links_at(DANA, NOW + timedelta(days=400)) == ()


# what the scripts go by


def test_the_script_says_what_the_page_has_words_for() -> None:
    talk = Path("bot/web/templates/widget/talk.html").read_text("utf-8")
    script = Path("bot/web/static/staff.js").read_text("utf-8")
    said = set(re.findall(r'say\("(\w+)"', script))
    assert said == {"staff_urgent", "see_staff"}
    assert all(f'data-word="{name}"' in talk for name in said)
    assert 'id="staff-urgent"' in talk
    assert 'id="draft"' in talk
