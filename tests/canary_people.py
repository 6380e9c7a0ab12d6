"""Two DSLs and their duty workers, who type five hundred identifiers at every door where text is taken in.

Every second identifier is typed in Kent, the others in Buckinghamshire: what is typed in one consultation
must never turn up in the other. Who typed what, and whether it was taken out, is noted as it happens.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from talking import PLAIN_ANSWERS

from evaluation.canary.planting import Canary, Planted, planted
from evaluation.canary.searching import Needle, folded
from evaluation.canary.spelling import SPELLINGS

AREAS = ("kent", "buckinghamshire")
WORKERS = {"kent": "duty.kent", "buckinghamshire": "duty.bucks"}
SPOKEN_DOORS = ("message", "preview", "answer", "reply", "close", "command line", "plain preview", "draft")
# Aliases that schools give; each is given twice, in two consultations, so that the second is told of the first.
ALIASES = {"kent": ("umbrella 4471", "green lantern 8203"), "buckinghamshire": ("Accordion 5529",)}
FOUND, IN_PART, MISSED, REFUSED = "found", "in part", "missed", "refused"
_ids = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Typed:
    """One identifier that was typed at a door, and what became of it there."""

    planted: Planted
    door: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back at a door. Only what was missed in the consultation `of` may stand in it."""

    door: str
    to: str
    status: int
    content: str
    of: str | None = None


@dataclass
class Walk:
    """All that was typed, and all that came back to others than whoever typed it."""

    house: Any
    canaries: list[Canary]
    typed: list[Typed] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    consultations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    # Where what was missed may stand: in the consultations in which it was shown to whoever typed it.
    shown: dict[Needle, set[str]] = field(default_factory=lambda: defaultdict(set))
    kept_meanwhile: list[Any] = field(default_factory=list)

    def keep(self, door: str, to: str, answer: httpx.Response, of: str | None = None) -> httpx.Response:
        """Note an answer."""
        heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        self.answers.append(Answer(door, to, answer.status_code, f"{heads}\n{answer.text}", of))
        return answer

    def note(
        self, some: Sequence[Planted], door: str, record: str, of: str | None, told: Sequence[str] | None = None
    ) -> None:
        """Note what became of identifiers, of which `record` was shown in the consultation `of`.

        `told` says of each what the service said of it; without that it is read off the record.
        """
        left = folded(record)
        for place, one in enumerate(some):
            still = {needle for needle in one.needles if needle.folded in left}
            read = MISSED if folded(one.value) in left else IN_PART if still else FOUND
            self.typed.append(Typed(one, door, told[place] if told else read))
            if of and (told is None or told[place] != FOUND):
                for needle in still:
                    self.shown[needle].add(of)

    def batches(self, area: str, door: str, size: int) -> Iterator[list[Planted]]:
        """Yield the area's identifiers, so many at a time, each in the spelling that is this door's turn."""
        own = self.canaries[AREAS.index(area) :: len(AREAS)]
        yield from in_turn(own, SPOKEN_DOORS.index(door), size)


def in_turn(own: Sequence[Canary], turn: int, size: int) -> Iterator[list[Planted]]:
    """Yield identifiers, so many at a time, each in the spelling that is due at a turn."""
    spellings = list(SPELLINGS)
    some = [planted(one, spellings[(i + turn) % len(spellings)], i + turn) for i, one in enumerate(own)]
    yield from map(list, itertools.batched(some, size, strict=False))


def text_of(some: Sequence[Planted], first: str = "hungry again") -> tuple[str, list[range]]:
    """Return identifiers as one text, a sentence a line, and where in it each stands."""
    text, places = f"{first}.\n", []
    for one in some:
        start = len(text) + one.sentence.index(one.value)
        places.append(range(start, start + len(one.value)))
        text += f"{one.sentence}.\n"
    return text.rstrip("\n"), places


def outcomes(text: str, places: Sequence[range], removed: Sequence[dict[str, Any]]) -> list[str]:
    """Return what became of the identifiers at those places, by what the service says that it took out."""
    gone = {i for r in removed for i in range(r["start"], r["end"])}
    shares = [[i in gone for i in place if text[i].isalnum()] for place in places]
    return [FOUND if all(share) else IN_PART if any(share) else MISSED for share in shares]


class DslOf:
    """A DSL with a session."""

    def __init__(self, walk: Walk, area: str) -> None:
        self.walk, self.area, self.house = walk, area, walk.house
        self.http = httpx.Client(base_url=walk.house.url, headers={"Origin": walk.house.url}, timeout=60)
        code = next(s["code"] for s in walk.house.demo["schools"] if s["area"] == area)
        self.http.post("/api/session", json={"code": code}).raise_for_status()

    def open(self) -> str:
        """Open a consultation in the area and return its id."""
        opened = self.http.post("/api/consultations", json={"area": self.area}).raise_for_status().json()["id"]
        self.walk.consultations[self.area].append(opened)
        return opened

    def say(self, consultation: str, **body: Any) -> dict[str, Any]:
        """Say something and return what came of it."""
        sent = {"client_message_id": f"canary-{next(_ids):06}", **body}
        answer = self.http.post(f"/api/consultations/{consultation}/messages", json=sent)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        return answer.json()

    def type(
        self, consultation: str, some: Sequence[Planted], door: str, first: str = "hungry again"
    ) -> tuple[str, dict[str, Any]]:
        """Type identifiers as a message, after what it says `first`; return the text and what came of it."""
        text, places = text_of(some, first)
        said = self.say(consultation, text=text)
        if said["message"] is None:
            self.walk.typed += [Typed(one, door, REFUSED) for one in some]
        else:
            told = outcomes(text, places, said["removed"])
            self.walk.note(some, door, said["message"]["text"], consultation, told)
        return text, said

    def tell(self, consultation: str) -> None:
        """Type the area's identifiers as messages; have the words of some put back that are no names."""
        for number, some in enumerate(self.walk.batches(self.area, "message", 25)):
            text, said = self.type(consultation, some, "message")
            if said["message"] and number % 4 == 0:
                back = {"text": text, "words": ["mobile", "postcode"]}
                where = f"/api/consultations/{consultation}/messages/{said['message']['number']}/put-back"
                answer = self.http.post(where, json=back)
                self.walk.keep("put-back", "typist", answer, consultation)

    def answer_questions(self) -> str:
        """Answer worry, household and why one differs with identifiers, and everything else plainly."""
        consultation, batches = self.open(), self.walk.batches(self.area, "answer", 16)
        told: set[str] = set()
        for _ in range(45):
            tracker = self.house.tracker(consultation)
            asked = tracker["slots"].get("requested_slot")
            form = (tracker.get("active_loop") or {}).get("name")
            if form not in ("consultation_form", "view_form"):
                break
            if asked in ("worry", "household", "view_reason") and asked not in told:
                told.add(asked)
                self.type(consultation, next(batches), "answer", PLAIN_ANSWERS.get(asked, "it is worse"))
            else:
                self.answer_plainly(consultation, asked)
        assert {"worry", "household", "view_reason"} <= told, f"some questions were not asked; the last was {asked}"
        return consultation

    def give_aliases(self) -> None:
        """Give each alias of the area in two consultations, after names and numbers that are no alias."""
        own = self.walk.canaries[AREAS.index(self.area) :: len(AREAS)]
        no_aliases = [one.value for one in own if " " not in one.value and len(one.value) <= 30][:30]
        for alias in ALIASES[self.area] * 2:
            consultation = self.open()
            while (asked := self.house.tracker(consultation)["slots"].get("requested_slot")) != "school_alias":
                self.answer_plainly(consultation, asked)
            while no_aliases:
                refused = self.say(consultation, text=no_aliases.pop())
                assert refused["message"] is None, "an identifier was taken for an alias, or kept"
            assert self.say(consultation, text=alias)["refusal"] is None
            canary, needles = Canary("ALIAS", alias, (alias,)), frozenset({Needle(folded(alias))})
            self.walk.typed.append(Typed(Planted(canary, "as written", alias, alias, needles), "alias", FOUND))

    def answer_plainly(self, consultation: str, asked: str) -> None:
        """Answer a question as somebody without any danger to report."""
        plain = {**PLAIN_ANSWERS, "answers_checked": "Yes, work it out", "view": "I think it is higher"}
        stored = self.house.built.records.messages(consultation)
        titles = {b.title: f"{m.number}.{i}" for m in stored for i, b in enumerate(m.utterance.buttons)}
        wanted = plain[asked]
        if isinstance(wanted, list):
            self.say(consultation, choices=[titles[title] for title in wanted])
        elif wanted in titles:
            self.say(consultation, choice=titles[wanted])
        else:
            self.say(consultation, text=wanted)

    def ask_for_a_person(self, consultation: str) -> None:
        """Have the consultation handed over."""
        said = self.say(consultation, text="can I just talk to a social worker please")
        assert said["stage"] == "waiting", said
