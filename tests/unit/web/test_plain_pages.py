"""The conversation without a script: everything that a DSL can do there is a form, and nothing typed is kept."""

import re
from pathlib import Path

import pytest

from bot.consultation import Finding, Stage
from bot.desk.ports import UncleanWrite, Utterance
from bot.web.plain_pages import GivenIn
from bot.web.plain_talk import places
from tests.at_the_desk import make_counsel
from tests.fakes import FakeRecords
from tests.unit.web.test_anonymity_api import TYPED
from tests.unit.web.visitor import Visitor, in_words, main_of

PAGE = "/consultations/c0001/plain"
NEWEST = f"{PAGE}#newest"
ONCE = "0123456789abcdef" * 2


def send(dsl: Visitor, once: str = ONCE, **given: object):
    """Send one of the page's forms."""
    return dsl.post(PAGE, data={"once": once, **given})


def choice(page: str, title: str) -> str:
    """Return the id of a button that can be pressed now."""
    found = re.findall(r'name="choice" value="([^"]+)">' + re.escape(title) + "<", page)
    assert found, f"no button {title}"
    return found[-1]


def press(dsl: Visitor, title: str):
    """Press a button of the page as it stands."""
    page = dsl.get(PAGE).text
    return send(dsl, re.findall(r'name="once" value="(\w+)"', page)[-1], choice=choice(page, title))


def said(dsl: Visitor) -> list[str]:
    """Return what is kept of what the DSL said."""
    kept = dsl.house.kept["c0001"].messages
    return [str(message.utterance.text) for message in kept if message.utterance.speaker == "dsl"]


def ticking(dsl: Visitor) -> str:
    """Go on to the question with boxes to tick, and return its page."""
    dsl.opened()
    send(dsl, text="he is hungry")
    press(dsl, "That is right")
    return dsl.get(PAGE).text


def ticks(page: str) -> dict[str, str]:
    """Return the ids of the boxes by their titles."""
    return {title: id for id, title in re.findall(r'name="ticks" value="([^"]+)"[^>]*><label[^>]*>([^<]+)<', page)}


# reading


def test_the_whole_conversation_is_there_without_a_script(dsl: Visitor) -> None:
    dsl.opened()
    page = dsl.get(PAGE)
    assert page.status_code == 200
    words = in_words(page.text)
    assert "This is a no-name consultation" in words
    assert "Which council does the child live in?" in words
    assert dsl.house.kept["c0001"].consultation.reference in words
    assert "With the assistant. Ask for a person at any time." in words
    assert "<strong>999</strong>" in page.text
    assert not re.search(r"<script|<[^>]+ on\w+=|http-equiv", main_of(page.text))
    assert page.headers["cache-control"] == "no-store"


def test_a_browser_without_a_script_is_led_there_and_anybody_may_go(dsl: Visitor) -> None:
    dsl.opened()
    page = dsl.get("/consultations/c0001").text
    refresh = f'<noscript><meta http-equiv="refresh" content="0; url={PAGE}"></noscript>'
    assert refresh in page
    assert page.index(refresh) < page.index("<body")
    assert f'href="{PAGE}">Use the plain page</a>' in re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)
    assert 'href="/consultations/c0001">Use the page that changes by itself</a>' in dsl.get(PAGE).text


def test_only_the_question_that_is_open_has_buttons(dsl: Visitor) -> None:
    dsl.opened()
    press(dsl, "Kent")
    page = dsl.get(PAGE).text
    assert choice(page, "No")
    assert ">Buckinghamshire<" not in page


def test_cards_stand_there_with_their_sources_and_a_text_to_copy(dsl: Visitor) -> None:
    page = ticking(dsl)
    send(dsl, ticks_of=6, ticks=[ticks(page)["None of these"]])
    page = dsl.get(PAGE).text
    assert '<a href="https://www.kscmp.org.uk/" rel="noopener noreferrer">Kent Support Levels, level 3' in page
    assert re.search(r"<textarea[^>]* readonly>No-name consultation, 20 November 2026", page)
    assert "It would become Level 4 if" in page


# choosing and ticking


def test_an_answer_is_chosen_by_a_button(dsl: Visitor) -> None:
    dsl.opened()
    answer = press(dsl, "Kent")
    assert (answer.status_code, answer.headers["location"]) == (303, NEWEST)
    assert said(dsl) == ["Kent"]
    assert 'id="newest"' in dsl.get(PAGE).text


def test_an_answer_is_changed_by_a_button_of_the_newest_table(dsl: Visitor) -> None:
    dsl.opened()
    send(dsl, text="he is hungry")
    send(dsl, text="he is tired")
    page = dsl.get(PAGE).text
    changes = re.findall(r'form="talk" name="choice" value="(\d+)\.r\d+">Change<', page)
    assert len(set(changes)) == 1
    assert page.count("Your words</summary>") == 6
    send(dsl, choice=f"{changes[0]}.r0")
    assert said(dsl)[-1] == "Change: Age"


def test_a_choice_that_was_never_offered_is_turned_away(dsl: Visitor) -> None:
    dsl.opened()
    answer = send(dsl, choice="2.17")
    assert answer.status_code == 422
    assert "That button is no longer there." in in_words(answer.text)
    assert send(dsl, choice='/answer{"in_danger":"no"}').status_code == 422
    assert said(dsl) == []


def test_ticks_are_sent_together(dsl: Visitor) -> None:
    boxes = ticks(ticking(dsl))
    both = ("Choked or strangled, or a weapon in the home", "Talk of suicide, or an attempt or overdose")
    assert send(dsl, ticks_of=6, ticks=[boxes[one] for one in both]).headers["location"] == NEWEST
    assert said(dsl)[-1] == "; ".join(both)


def test_no_tick_is_a_problem_that_leads_to_the_boxes(dsl: Visitor) -> None:
    page = ticking(dsl)
    number = re.search(r'name="ticks_of" value="(\d+)"', page)[1]
    answer = send(dsl, ticks_of=number)
    assert answer.status_code == 422
    assert "<title>Problem: " in answer.text
    assert "There is a problem" in answer.text
    assert f'<a href="#ticks-{number}">Tick at least one' in answer.text
    assert re.search(rf'<input[^>]* id="ticks-{number}"', answer.text)
    assert 'id="newest"' not in answer.text, "the page is to be read from its top"
    assert len(said(dsl)) == 2


def test_none_cannot_be_ticked_beside_another_and_the_ticks_come_back(dsl: Visitor) -> None:
    page = ticking(dsl)
    number, boxes = re.search(r'name="ticks_of" value="(\d+)"', page)[1], ticks(page)
    chosen = [boxes["Choked or strangled, or a weapon in the home"], boxes["None of these"]]
    answer = send(dsl, ticks_of=number, ticks=chosen)
    assert answer.status_code == 422
    assert "“None of these” cannot be ticked beside another." in in_words(answer.text)
    assert re.findall(r'value="([^"]+)" checked', answer.text) == chosen
    assert len(said(dsl)) == 2


# typing


def test_a_text_is_sent_and_the_page_read_on_from_it(dsl: Visitor) -> None:
    dsl.opened()
    assert send(dsl, text="he is hungry\r\nand tired").headers["location"] == NEWEST
    assert said(dsl) == ["he is hungry\nand tired"]


def test_the_same_form_twice_says_it_once(dsl: Visitor) -> None:
    dsl.opened()
    for _ in range(2):
        assert send(dsl, text="he is hungry").status_code == 303
    assert said(dsl) == ["he is hungry"]


def test_another_text_from_the_same_form_is_not_swallowed(dsl: Visitor) -> None:
    dsl.opened()
    send(dsl, text="he is hungry")
    send(dsl, text="he is bleeding")
    assert said(dsl) == ["he is hungry", "he is bleeding"]


def test_the_id_of_a_message_cannot_be_made_without_the_page() -> None:
    given, other = (GivenIn(once=once, text="he is hungry") for once in (ONCE, "f" * 32))
    assert given.client_id() != other.client_id()
    assert "hungry" not in repr(given)


@pytest.mark.parametrize("text", ["", "   \r\n"])
def test_an_empty_message_is_a_problem_beside_the_box(dsl: Visitor, text: str) -> None:
    dsl.opened()
    answer = send(dsl, text=text)
    assert answer.status_code == 422
    assert '<a href="#text">That was empty.' in answer.text
    assert 'aria-describedby="text-hint text-error"' in answer.text
    assert said(dsl) == []


def test_what_is_refused_is_given_back_once_and_kept_nowhere(dsl: Visitor) -> None:
    dsl.opened()
    long = "Jayden Canary " * 800
    answer = send(dsl, text=long)
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert "Please send it in parts" in answer.text
    assert "Canary" not in dsl.get(PAGE).text
    assert "Canary" not in str(dsl.house.kept["c0001"].messages)


def test_what_the_store_refuses_is_given_back_too(dsl: Visitor) -> None:
    dsl.opened()
    dsl.house.falls = UncleanWrite()
    answer = send(dsl, text="at <b>the</b> gate")
    assert answer.status_code == 409
    assert "at &lt;b&gt;the&lt;/b&gt; gate</textarea>" in answer.text
    assert "Please write it without names." in answer.text


def test_what_stood_in_the_box_while_a_button_was_pressed_is_still_there(dsl: Visitor) -> None:
    dsl.opened()
    answer = send(dsl, choice=choice(dsl.get(PAGE).text, "Kent"), text="half a worry")
    assert answer.status_code == 200
    assert "half a worry</textarea>" in answer.text
    assert said(dsl) == ["Kent"]


@pytest.mark.parametrize("given", [{"once": "short"}, {"choice": "x"}, {"act": "canary"}, {"ticks": ["canary"]}])
def test_what_no_form_of_the_page_sends_is_not_understood(dsl: Visitor, given: dict) -> None:
    dsl.opened()
    answer = dsl.post(PAGE, data={"once": ONCE, "text": "Canary"} | given)
    assert answer.status_code == 422
    assert "canary" not in answer.text.casefold()
    assert said(dsl) == []


# what was taken out


def test_what_was_taken_out_is_told_in_the_answer_itself(dsl: Visitor) -> None:
    dsl.opened()
    answer = send(dsl, text=TYPED)
    assert answer.status_code == 200, "a redirect would lose what was typed"
    words = in_words(answer.text)
    assert "I took out 1 name, 1 word that I do not know and 1 phone number" in words
    assert "You typed: Sharon , shown as [parent 1]" in words
    assert re.findall(r'name="put_back" value="(\w+)"', answer.text) == ["Sharon", "Zumbatron"]
    assert "It is not kept." in words
    assert "Sharon" not in dsl.get(PAGE).text
    assert "Taken out before it was kept:" in in_words(dsl.get(PAGE).text)


def test_a_word_is_put_back_from_that_page_and_then_another(dsl: Visitor) -> None:
    dsl.opened()
    send(dsl, text=TYPED)
    answer = send(dsl, text=TYPED, number=3, put_back="Zumbatron")
    assert answer.status_code == 200
    assert said(dsl) == ["mum [parent 1] at the Zumbatron, [phone]"]
    assert re.findall(r'name="put_back" value="(\w+)"', answer.text) == ["Sharon"]
    answer = send(dsl, text=TYPED, number=3, put_back="Sharon", not_names="Zumbatron")
    assert said(dsl) == ["mum Sharon at the Zumbatron, [phone]"]
    assert "I took out 1 phone number" in in_words(answer.text)
    assert 'name="put_back"' not in answer.text


def test_putting_back_twice_as_a_reload_does_changes_nothing_more(dsl: Visitor) -> None:
    dsl.opened()
    send(dsl, text=TYPED)
    first = send(dsl, text=TYPED, number=3, put_back="Zumbatron")
    second = send(dsl, text=TYPED, number=3, put_back="Zumbatron")
    assert (first.status_code, second.status_code) == (200, 200)
    assert "There is a problem" not in second.text
    assert said(dsl) == ["mum [parent 1] at the Zumbatron, [phone]"]


def test_what_does_not_match_the_record_is_not_put_back_and_is_given_back(dsl: Visitor) -> None:
    dsl.opened()
    send(dsl, text=TYPED)
    answer = send(dsl, text="something else", number=3, put_back="Zumbatron")
    assert answer.status_code == 422
    assert "does not match what was kept of it" in in_words(answer.text)
    assert "something else</textarea>" in answer.text


def test_words_that_are_no_names_go_along_from_form_to_form(dsl: Visitor) -> None:
    dsl.opened()
    page = send(dsl, text="the Zumbatron", not_names="Zumbatron").text
    assert said(dsl) == ["the Zumbatron"]
    assert page.count('name="not_names" value="Zumbatron"') == 1
    assert "Zumbatron" in send(dsl, "f" * 32, text="he is hungry", not_names="Zumbatron").text


def test_a_name_of_two_words_is_put_back_word_by_word_and_numbers_never() -> None:
    typed = "Kelly O’Brien-Ray, 07700900123"
    found = (Finding(0, 17, "NAME", "[adult 1]"), Finding(19, 30, "PHONE", "[phone]"))
    first, second = places(typed, found, ("Ray",))
    assert (first.typed, first.words) == ("Kelly O’Brien-Ray", ("Kelly", "O'Brien"))
    assert (second.typed, second.words) == ("07700900123", ())
    assert places(typed, found, tuple(f"w{n}" for n in range(39)))[0].words == (), "there is no room for more"


# a person


def test_who_asks_for_a_person_is_told_first_and_then_waits(dsl: Visitor) -> None:
    dsl.opened()
    assert send(dsl, act="ask").headers["location"] == f"{PAGE}#state"
    page = dsl.get(PAGE).text
    assert re.findall(r'name="act" value="(\w+)"', page) == ["wait", "decline"]
    assert "in the queue" in in_words(page)
    send(dsl, act="wait")
    page = in_words(dsl.get(PAGE).text)
    assert "Waiting for a duty social worker. Answer due by" in page
    assert "You are number 1 in the queue." in page
    assert "Look again to see what is new. This page does not change by itself." in page
    assert f'href="{PAGE}">Look again' in dsl.get(PAGE).text, "with a place a browser would only scroll to it"
    assert "/consultations/c0001/outcome" in dsl.get(PAGE).text


@pytest.mark.parametrize(("before", "act", "stage"), [
    ((), "ask", Stage.OFFERED),
    (("ask",), "decline", Stage.WITH_ASSISTANT),
    (("ask",), "wait", Stage.WAITING),
    (("ask", "wait"), "withdraw", Stage.WITH_ASSISTANT),
])  # fmt: skip
def test_pressing_twice_is_harmless(dsl: Visitor, before: tuple, act: str, stage: Stage) -> None:
    dsl.opened()
    for one in (*before, act):
        assert send(dsl, act=one).status_code == 303
    assert send(dsl, act=act).status_code == 303
    assert dsl.house.kept["c0001"].consultation.stage is stage


def test_what_does_not_fit_any_more_changes_nothing_and_says_so(dsl: Visitor) -> None:
    dsl.opened()
    answer = send(dsl, act="settled")
    assert answer.status_code == 409
    assert "This has moved on since you opened it" in in_words(answer.text)
    assert dsl.house.kept["c0001"].consultation.stage is Stage.WITH_ASSISTANT


def test_an_answer_is_read_settled_and_asked_again(worker: Visitor) -> None:
    worker.answered()
    page = worker.get(PAGE).text
    assert "Ann Field has answered. You can still write to them." in in_words(page)
    assert re.findall(r'name="act" value="(\w+)"', page) == ["settled", "again", "changed"]
    send(worker, act="settled")
    page = worker.get(PAGE).text
    assert "Settled." in in_words(page)
    assert 'id="text"' not in page
    assert 'name="choice"' not in page
    send(worker, act="again")
    assert worker.house.kept["c0001"].consultation.stage is Stage.WAITING


def test_who_has_the_case_sees_that_the_page_was_shown(worker: Visitor) -> None:
    case = worker.handed_over()
    worker.post(f"/duty/cases/{case}/claim")
    worker.house.tells("c0001", Utterance("duty_worker", "Hello"))
    page = in_words(worker.get(PAGE).text)
    assert "Ann Field, duty social worker, is here. The assistant is silent now." in page
    assert "has not read your newest message yet" in page
    newest = worker.house.kept["c0001"].messages[-1].number
    assert worker.house.records.read_up_to("c0001", "dsl") == newest


def test_practice_has_its_case_and_no_way_to_a_person(dsl: Visitor) -> None:
    dsl.house.counsel = make_counsel(FakeRecords())
    path = dsl.post("/practise", data={"case": "always-hungry", "area": "kent"}).headers["location"]
    page = dsl.get(f"{path}/plain").text
    assert "nobody at the council sees this" in page
    assert "Always hungry since September" in page
    assert "What you know if you are asked" in page
    assert 'name="act"' not in page
    assert f"{path}/disagree" not in page
    assert dsl.house.kept["c0001"].consultation.reference not in page
    assert send(dsl, act="ask").status_code == 409


def test_a_colleagues_words_stand_in_the_box(dsl: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    dsl.opened()
    monkeypatch.setattr(type(dsl.house.staff), "draft", lambda *_: "hungry since Monday")
    page = dsl.get(PAGE).text
    assert "hungry since Monday</textarea>" in page
    assert "These are your colleague’s words." in page


# who may


def test_somebody_elses_conversation_is_as_good_as_not_there(dsl: Visitor) -> None:
    dsl.opened()
    dsl.as_dsl("bucks-1")
    for answer in (
        dsl.get(PAGE),
        send(dsl, text="hello"),
        send(dsl, act="ask"),
        send(dsl, text=TYPED, number=3, put_back="Sharon"),
        send(dsl, ticks_of=2),
    ):
        assert answer.status_code == 404
        assert "no-name consultation about" not in answer.text
    assert dsl.house.kept["c0001"].consultation.stage is Stage.WITH_ASSISTANT


def test_who_has_not_signed_in_is_sent_to_do_so(visitor: Visitor) -> None:
    for answer in (visitor.get(PAGE), send(visitor, text="hello")):
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_another_site_can_make_nobody_say_anything(dsl: Visitor) -> None:
    dsl.opened()
    answer = dsl.post(PAGE, data={"once": ONCE, "text": "x"}, headers={"Origin": "https://elsewhere"})
    assert answer.status_code == 403
    assert said(dsl) == []


# its words


def test_both_pages_say_the_same_of_who_has_a_consultation() -> None:
    pages = Path("bot/web/templates/widget")
    talk, plain = (pages / name for name in ("talk.html", "plain_state.html"))
    words = dict(re.findall(r'data-word="((?:stage|act)_\w+)">(.*?)</p>', talk.read_text("utf-8")))
    there = re.sub(r"\{\{ (?:state\.)?(\w+) \}\}", r"{\1}", plain.read_text("utf-8"))
    there = there.replace("{by}", "{due}").replace("{has_it}", "{name}")
    assert len(words) > 15
    assert {name: said for name, said in words.items() if said not in there} == {}
