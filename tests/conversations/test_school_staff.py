"""Talks of a DSL's colleagues, held with the trained model: all end with the DSL, and nothing is worked out."""

import asyncio
import copy
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from running_house import RunningHouse

from bot.consultation import RawText
from bot.desk.incoming import Received
from bot.desk.staff.links import LinkKind
from bot.desk.staff.passing_on import PassedOn
from bot.dialogue.rasa_client import RasaClient
from bot.web.outward import message_out

_chats = itertools.count(1)
_ids = itertools.count(1)
HUNGRY = "a boy in my class is always hungry and hides food in his bag"
NEVER = ("most consistent with", "duty social worker", "duty worker", "level 2", "level 3", "level 4")

pytestmark = pytest.mark.trained


class StaffTalk:
    """One talk of a linked colleague, through the use-cases that a chat's door calls."""

    def __init__(self, house: RunningHouse) -> None:
        self._runner = asyncio.Runner()
        self._client = RasaClient(house.settings.rasa_url, house.settings.rasa_auth_token)
        # Connections belong to a loop: this talk has its own of both.
        reception = copy.copy(house.built.house.reception)
        reception._dialogue = self._client
        self.records, self.house = house.built.records, replace(house.built.house, reception=reception)
        self._rasa = house
        self.dsl = self.records.person_by_access_code(house.demo["schools"][0]["code"])
        code = self.house.staff.make_code(self.dsl, LinkKind.STAFF, f"Class teacher {next(_chats)}", self._now())
        self.link = self.house.staff.link(code, f"{next(_chats):064x}", 1000 + next(_chats), self._now())
        opened = self._runner.run(self.house.open(self.link.person, self.link.person.area, self._now()))
        self.id = opened.id

    def close(self) -> None:
        self._runner.run(self._client.close())
        self._runner.close()

    def say(self, text: str) -> Received:
        return self._receive(RawText(text), None)

    def choose(self, title: str) -> Received:
        shown = map(message_out, self.records.messages(self.id))
        choices = {button.title: button.id for message in shown for button in message.buttons}
        assert title in choices, f"{title} is not among {sorted(choices)}"
        return self._receive(None, choices[title])

    def asked(self) -> str | None:
        return self._rasa.tracker(self.id)["slots"].get("requested_slot")

    def form(self) -> str | None:
        return (self._rasa.tracker(self.id).get("active_loop") or {}).get("name")

    def said(self) -> str:
        """Return all that the assistant has said since the colleague spoke last, cards among it."""
        messages = self.records.messages(self.id)
        spoke = max((m.number for m in messages if m.utterance.speaker == "dsl"), default=0)
        return "\n".join(f"{m.utterance.text} {m.utterance.card or ''}" for m in messages if m.number > spoke)

    def passed_on(self) -> tuple[PassedOn, ...]:
        return self.house.staff.passed_on_by(self.link, self._now())

    def tell(self, worry: str = HUNGRY) -> None:
        """Answer what is asked until the note is shown."""
        self.choose("No")
        self.say(worry)
        self.choose("Seen by me or a colleague")
        self.choose("Most days")
        assert self.asked() == "answers_checked"

    def check(self) -> None:
        """Nothing was worked out, nobody was asked, and no level was named, whatever was said."""
        assert self.records.latest_assessment(self.id) is None
        assert self.records.case_of(self.id) is None
        told = " ".join(
            f"{m.utterance.text} {m.utterance.card or ''}".lower()
            for m in self.records.messages(self.id)
            if m.utterance.speaker != "dsl"
        )
        assert [words for words in NEVER if words in told] == []

    def _receive(self, typed: RawText | None, choice: str | None) -> Received:
        client_id, person = f"tg-{next(_ids)}", self.link.person
        got = self._runner.run(self.house.receive(person, self.id, client_id, typed, choice, self._now()))
        assert got.refusal is None or got.refusal == "", got.refusal
        return got

    def _now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def talk(house: RunningHouse) -> Iterator[StaffTalk]:
    held = StaffTalk(house)
    try:
        yield held
        held.check()
    finally:
        held.close()


def test_a_worry_is_asked_for_shown_and_passed_on(talk: StaffTalk) -> None:
    assert "If a child is in danger now, ring 999" in talk.said()
    assert talk.asked() == "in_danger"
    talk.tell()
    assert "This is what I would pass on to your DSL" in talk.said()
    assert HUNGRY in talk.said()
    assert talk.passed_on() == ()
    talk.choose("Pass it on")
    assert "Tell them in person too, today" in talk.said()
    (note,) = talk.passed_on()
    assert not note.urgent
    assert note.words.splitlines() == [
        HUNGRY, "How you know: Seen by me or a colleague", "How often or how long: Most days",
    ]  # fmt: skip
    assert [one.id for one in talk.house.staff.passed_on_to(talk.dsl, talk._now())][:1] == [note.id]


def test_a_note_can_be_changed_left_and_passed_on_after_all(talk: StaffTalk) -> None:
    talk.tell("she is so tired")
    talk.choose("Change it")
    assert talk.asked() == "worry"
    talk.say("she falls asleep in lessons every morning")
    assert talk.asked() == "answers_checked"
    talk.choose("Not now")
    assert "I have passed nothing on" in talk.said()
    assert talk.passed_on() == ()
    talk.choose("Pass it on after all")
    talk.choose("Not now")
    talk.say("actually yes pass it on")
    assert talk.asked() == "answers_checked"
    talk.say("yes please pass it on")
    (note,) = talk.passed_on()
    assert note.words.startswith("she falls asleep in lessons every morning")
    assert "so tired" not in note.words


def test_what_is_added_after_the_end_is_passed_on_too(talk: StaffTalk) -> None:
    talk.tell()
    talk.choose("Pass it on")
    talk.say("he also wears the same dirty clothes all week")
    assert talk.asked() == "answers_checked"
    talk.choose("Pass it on")
    assert "dirty clothes" in talk.passed_on()[0].words
    talk.say("thanks")
    assert "Tell your DSL in person today" in talk.said()


def test_a_red_flag_in_the_first_words_leads_to_the_dsl_at_once(talk: StaffTalk) -> None:
    talk.say("his stepdad strangled him last night")
    assert "Please go to your DSL now, in person" in talk.said()
    assert talk.asked() == "ringing"
    talk.choose("Yes")
    assert "something is urgent, and nothing else" in talk.said()
    (note,) = talk.passed_on()
    assert (note.urgent, note.words) == (True, "")
    assert talk.form() is None


def test_in_danger_is_999_first_and_nobody_is_told_of_it_twice(talk: StaffTalk) -> None:
    talk.choose("Yes")
    assert "Ring 999 now" in talk.said()
    talk.say("i cant find her anywhere")
    assert talk.asked() == "ringing"
    talk.choose("I have told them")
    assert "write down what you saw or heard" in talk.said()
    assert talk.passed_on() == ()


def test_a_name_is_taken_out_of_the_note(talk: StaffTalk) -> None:
    talk.choose("No")
    got = talk.say("Jayden Smith is always hungry, his mum's number is 07700 900123")
    assert got.removed
    talk.choose("Seen by me or a colleague")
    talk.choose("Most days")
    talk.choose("Pass it on")
    (note,) = talk.passed_on()
    assert "always hungry" in note.words
    assert not any(told in note.words for told in ("Jayden", "Smith", "07700"))


def test_a_question_is_answered_and_the_open_one_comes_back(talk: StaffTalk) -> None:
    talk.choose("No")
    talk.say("what should i write down?")
    assert "Sign and date it" in talk.said()
    assert talk.asked() == "worry"
    talk.say("what do i say to the child")
    assert "Do not promise to keep it secret" in talk.said()
    talk.say("who will see this")
    assert "Your DSL reads what you pass on" in talk.said()
    assert talk.asked() == "worry"


def test_asking_for_a_person_leads_to_the_dsl_and_not_to_a_desk(talk: StaffTalk) -> None:
    talk.choose("No")
    talk.say("can i talk to a social worker please")
    assert "The person to go to is your DSL or their deputy" in talk.said()
    assert "03000 41 11 11" in talk.said() or "03000 411111" in talk.said()
    assert (talk.form(), talk.asked()) == ("consultation_form", "worry")


def test_a_worry_about_a_colleague_goes_to_the_head_and_not_to_the_dsl(talk: StaffTalk) -> None:
    talk.choose("No")
    talk.say("one of the teaching assistants grabbed a child by the arm and shouted in his face")
    assert "goes to your head teacher" in talk.said()
    assert "chair of governors" in talk.said()
    assert talk.form() is None
    assert talk.passed_on() == ()
    talk.say("what should i write down?")
    assert "Sign and date it" in talk.said()
