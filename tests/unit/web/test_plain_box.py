"""The box of the page without a script: a draft that was kept stands in it, and it can be looked at before sending."""

import re

import pytest

from bot.consultation import RawText, Stage
from bot.desk.preview import Preview
from bot.web.plain_box import looked_at
from bot.web.plain_given import GivenIn
from tests.fakes_web import POINTING
from tests.unit.web.test_anonymity_api import TYPED
from tests.unit.web.test_plain_pages import NEWEST, ONCE, PAGE, choice, said, send, ticking, ticks
from tests.unit.web.visitor import Visitor, in_words

NOTHING = "Nothing was found. Names can be missed: please look yourself."
OWN = "You wrote this before and did not send it."
COLLEAGUES = "These are your colleague’s words."


def looks(dsl: Visitor, **given: object):
    """Press "Look first"."""
    return send(dsl, look="first", **given)


def keeps(dsl: Visitor, text: str) -> None:
    """Have what stands in the box kept by the page with a script."""
    last = len(dsl.house.kept["c0001"].messages)
    kept = dsl.post("/api/consultations/c0001/unsent", json={"text": text, "after": last})
    assert kept.json() == {"kept": True}


def draft(dsl: Visitor) -> str:
    """Return what is kept of a draft."""
    held = dsl.house.records.unsent("c0001")
    return held.text if held else ""


def box(page: str) -> str:
    """Return what stands in the box."""
    return re.search(r'<textarea[^>]* id="text"[^>]*>\n(.*?)</textarea>', page, re.S)[1]


def looked(page: str) -> str:
    """Return what is told of a text that was looked at."""
    return re.search(r'<div class="told" id="looked".*?</div>', page, re.S)[0]


# a draft that was kept


def test_a_draft_that_was_kept_stands_in_the_box_without_its_names_and_says_so(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "mum Sharon shouts")
    page = dsl.get(PAGE).text
    assert box(page) == "mum [parent 1] shouts"
    assert OWN in in_words(page)
    assert "Sharon" not in page


def test_without_a_draft_the_box_is_empty_and_nothing_is_said_of_one(dsl: Visitor) -> None:
    dsl.opened()
    page = dsl.get(PAGE).text
    assert box(page) == ""
    assert OWN not in page
    assert COLLEAGUES not in page


def test_ones_own_draft_comes_before_a_colleagues_words(dsl: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    dsl.opened()
    monkeypatch.setattr(type(dsl.house.staff), "draft", lambda *_: "hungry since Monday")
    keeps(dsl, "he is hungry")
    page = dsl.get(PAGE).text
    assert box(page) == "he is hungry"
    assert COLLEAGUES not in page


def test_a_draft_is_gone_once_it_is_sent(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "he is hungry")
    assert send(dsl, text="he is hungry").headers["location"] == NEWEST
    assert draft(dsl) == ""
    assert box(dsl.get(PAGE).text) == ""


def test_a_draft_outlasts_a_button_that_was_pressed_beside_it(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "half a worry")
    page = dsl.get(PAGE).text
    answer = send(dsl, choice=choice(page, "Kent"), text="half a worry")
    assert box(answer.text) == "half a worry"
    assert said(dsl) == ["Kent"]
    assert box(dsl.get(PAGE).text) == "half a worry"


def test_a_draft_outlasts_ticks_whose_form_does_not_carry_it(dsl: Visitor) -> None:
    page = ticking(dsl)
    keeps(dsl, "half a worry")
    send(dsl, ticks_of=6, ticks=[ticks(page)["None of these"]])
    assert draft(dsl) == "half a worry"


def test_what_was_only_typed_on_this_page_is_not_kept_by_pressing_a_button(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "half a worry")
    send(dsl, choice=choice(dsl.get(PAGE).text, "Kent"), text="half a worry about Sharon")
    assert draft(dsl) == ""


def test_what_was_refused_stands_in_the_box_and_not_the_draft_before_it(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "half a worry")
    long = "Jayden Canary " * 800
    page = send(dsl, text=long).text
    assert box(page).strip() == long.strip()
    assert OWN not in page


# looking first


def test_looking_first_tells_what_would_go_and_gives_the_text_back_as_typed(dsl: Visitor) -> None:
    dsl.opened()
    answer = looks(dsl, text=TYPED)
    assert answer.status_code == 200
    assert box(answer.text) == TYPED
    words = in_words(looked(answer.text))
    assert "If you send this, I take out 1 name, 1 word that I do not know and 1 phone number" in words
    assert "You typed: Sharon , would be shown as [parent 1]" in words
    assert "You typed: 07700900123 , would be shown as [phone]" in words
    assert "Nothing was sent, and nothing of this is kept." in words


def test_looking_first_keeps_nothing_and_says_nothing(dsl: Visitor) -> None:
    dsl.opened()
    before, audit = list(dsl.house.kept["c0001"].messages), list(dsl.house.records.audit)
    looks(dsl, text=TYPED)
    assert dsl.house.previewed == 1
    assert dsl.house.kept["c0001"].messages == before
    assert dsl.house.records.audit == audit
    assert draft(dsl) == ""
    page = dsl.get(PAGE).text
    assert "Sharon" not in page
    assert 'id="looked"' not in page


def test_looking_first_leaves_a_draft_as_it_was(dsl: Visitor) -> None:
    dsl.opened()
    keeps(dsl, "half a worry")
    looks(dsl, text="half a worry about Sharon")
    assert draft(dsl) == "half a worry"


def test_a_word_is_said_to_be_no_name_before_it_is_sent_and_goes_along(dsl: Visitor) -> None:
    dsl.opened()
    page = looks(dsl, text=TYPED).text
    assert re.findall(r'name="no_name" value="(\w+)"', page) == ["Sharon", "Zumbatron"]
    page = send(dsl, text=TYPED, no_name="Zumbatron").text
    assert re.findall(r'name="no_name" value="(\w+)"', page) == ["Sharon"]
    page = send(dsl, text=TYPED, not_names="Zumbatron", no_name="Sharon").text
    assert re.findall(r'name="not_names" value="(\w+)"', page) == ["Zumbatron", "Sharon"]
    assert "no_name" not in page
    assert said(dsl) == [], "all of this was only looked at"
    send(dsl, text=TYPED, not_names=["Zumbatron", "Sharon"])
    assert said(dsl) == ["mum Sharon at the Zumbatron, [phone]"]


def test_where_nothing_is_found_it_says_so_and_promises_nothing(dsl: Visitor) -> None:
    dsl.opened()
    page = looks(dsl, text="he is hungry").text
    assert NOTHING in in_words(looked(page))
    assert "<li>" not in looked(page)


def test_words_that_point_to_one_child_are_told_with_vaguer_ones(dsl: Visitor) -> None:
    dsl.opened()
    words = in_words(looked(looks(dsl, text=f"she is {POINTING} here").text))
    assert f"“{POINTING}” may point to one child. You could say instead: someone with a disability." in words
    assert NOTHING not in words
    assert "Names can be missed" in words


def test_where_there_was_no_time_to_look_it_does_not_say_that_nothing_was_found(dsl: Visitor) -> None:
    door = dsl.app.routes[-1].app.state.door
    told = looked_at(door, Preview(is_looked_at=False), "mum Sharon", ())
    assert "could not be looked at just now" in told.line
    assert "Nothing was found" not in told.line
    assert "Sharon" not in repr(told)


def test_what_would_not_be_taken_in_is_a_problem_beside_the_box(dsl: Visitor) -> None:
    dsl.opened()
    dsl.house.shut = True
    answer = looks(dsl, text=TYPED)
    assert answer.status_code == 422
    assert "<title>Problem: " in answer.text
    assert '<a href="#text">' in answer.text
    assert box(answer.text) == TYPED


@pytest.mark.parametrize("text", ["", "  \r\n"])
def test_nothing_to_look_at_is_a_problem_too(dsl: Visitor, text: str) -> None:
    dsl.opened()
    answer = looks(dsl, text=text)
    assert answer.status_code == 422
    assert "That was empty." in answer.text
    assert dsl.house.previewed == 0


def test_once_a_talk_is_over_nothing_is_looked_at(worker: Visitor) -> None:
    worker.answered()
    send(worker, act="settled")
    assert worker.house.kept["c0001"].consultation.stage is Stage.CLOSED
    answer = looks(worker, text=TYPED)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert worker.house.previewed == 0


# which button it was


def test_only_its_own_button_makes_a_post_a_look(dsl: Visitor) -> None:
    dsl.opened()
    page = dsl.get(PAGE).text
    form = page.split('<form id="talk"')[1].split("</form>")[0]
    buttons = re.findall(r"<button[^>]*>", form)
    assert [re.findall(r'name="(\w+)"', button) for button in buttons] == [[], ["look"]], "Send is the form's own"
    assert f'formaction="{PAGE}#looked"' in buttons[1]
    assert "<textarea" in form, "Enter makes a line there, and sends nothing"
    assert not re.search(r'<input(?![^>]*type="hidden")', form)
    assert not GivenIn(once=ONCE, text="he is hungry").looks()
    send(dsl, text="he is hungry")
    assert said(dsl) == ["he is hungry"]


@pytest.mark.parametrize("given", [{"look": "canary"}, {"no_name": "canary canary"}, {"no_name": "canary1"}])
def test_a_look_that_no_button_makes_is_not_understood(dsl: Visitor, given: dict) -> None:
    dsl.opened()
    answer = send(dsl, text="Canary", **given)
    assert answer.status_code == 422
    assert "canary" not in answer.text.casefold()
    assert dsl.house.previewed == 0


def test_what_is_looked_at_is_markup_of_nobodys(dsl: Visitor) -> None:
    dsl.opened()
    page = looks(dsl, text="at <b>the</b> gate, Sharon").text
    assert "at &lt;b&gt;the&lt;/b&gt; gate, Sharon</textarea>" in page


def test_nobody_looks_into_somebody_elses_talk(dsl: Visitor) -> None:
    dsl.opened()
    dsl.as_dsl("bucks-1")
    assert looks(dsl, text=TYPED).status_code == 404
    assert dsl.house.previewed == 0


def test_the_form_hides_what_it_carries() -> None:
    given = GivenIn(once=ONCE, text=TYPED, no_name="Sharon", look="first")
    assert "Sharon" not in repr(given)
    assert given.words() == ("Sharon",)
    assert RawText(given.typed()).reveal() == TYPED
