"""Canaries: five hundred made-up identifiers typed at every door of a running house, and then looked for everywhere.

What the anonymiser takes out must be nowhere: in no byte below the house's folder, in no table, no log, no
answer to anybody else, and not in Rasa's tracker. What it misses is counted by kind, and stands only where the
people of that one consultation read it.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from canary_desk import WorkerOf
from canary_doors import (
    try_addresses,
    try_bodies,
    try_command_line,
    try_headers,
    try_others,
    try_rasa,
    try_references,
    try_signing_in,
)
from canary_house import talkative_house
from canary_looking import leave_a_draft, look_first, take_records
from canary_people import AREAS, FOUND, REFUSED, SPELLINGS, SPOKEN_DOORS, DslOf, Walk
from canary_places import Place, Search, in_a_table, kept, places, search

from bot.settings import ROOT
from evaluation.canary.planting import PLANTED, canaries, house_words

pytestmark = [pytest.mark.trained, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A house of its own, which logs all that it can log."""
    with talkative_house(tmp_path_factory.mktemp("canary")) as house:
        yield house


@pytest.fixture(scope="module")
def walk(talkative: Any) -> Walk:
    """Everything typed, everywhere."""
    walked = Walk(talkative, canaries(house_words(ROOT)))
    dsls = {area: DslOf(walked, area) for area in AREAS}
    workers = {area: WorkerOf(walked, area) for area in AREAS}
    try:
        _type(walked, dsls, workers)
    finally:
        for person in (*dsls.values(), *workers.values()):
            person.http.close()
    time.sleep(0.5)
    return walked


def _type(walked: Walk, dsls: dict[str, DslOf], workers: dict[str, WorkerOf]) -> None:
    for dsl in dsls.values():
        consultation = dsl.open()
        look_first(dsl, consultation)
        dsl.tell(consultation)
        dsl.ask_for_a_person(consultation)
    walked.kept_meanwhile += kept(walked)  # Rasa forgets a consultation as soon as it is claimed
    for area, worker in workers.items():
        worker.hold(walked.consultations[area][0])
        take_records(dsls[area], worker, walked.consultations[area][0])
    take_records(dsls["kent"], workers["kent"], dsls["kent"].answer_questions())
    for dsl in dsls.values():
        dsl.give_aliases()
    spare = dsls["kent"].open()
    try_addresses(walked, dsls["kent"], spare)
    try_headers(walked, dsls["kent"], spare)
    try_bodies(walked, dsls["kent"], spare)
    leave_a_draft(dsls["kent"], spare)
    try_references(walked, dsls["kent"])
    try_rasa(walked)
    try_command_line(walked)
    try_others(walked, {a: [(dsls[a].http, f"a DSL of {a}"), (workers[a].http, f"a worker of {a}")] for a in AREAS})
    try_signing_in(walked)


@pytest.fixture(scope="module")
def looked_at(walk: Walk) -> list[Place]:
    return [*walk.kept_meanwhile, *places(walk)]


@pytest.fixture(scope="module")
def searched(walk: Walk, looked_at: list[Place]) -> Search:
    return search(walk, looked_at)


def test_five_hundred_were_typed_at_every_door_in_every_spelling(walk: Walk) -> None:
    assert len(walk.canaries) == PLANTED
    typed = Counter((t.door, t.planted.spelling) for t in walk.typed)
    for door in ("message", "preview", "plain preview", "draft", "reply", "command line"):
        assert {door: sum(n for (d, _), n in typed.items() if d == door)} == {door: PLANTED}
    for door in SPOKEN_DOORS:
        assert {s for d, s in typed if d == door} == set(SPELLINGS), door
    refused = Counter(t.door for t in walk.typed if t.outcome == REFUSED)
    assert not refused, f"messages were refused, so nothing was tried with them: {refused}"


def test_no_door_fell(walk: Walk) -> None:
    fell = Counter((a.door, a.status) for a in walk.answers if a.status >= 500)
    assert not fell
    doors = {a.door for a in walk.answers}
    assert doors >= {"address", "header", "body", "file", "rasa", "sign-in", "public", "somebody else's", "put-back"}
    assert doors >= {"draft", "record"}


def test_the_search_finds_what_is_kept(looked_at: list[Place]) -> None:
    """A search that looked in no right place would find nothing of anybody: what is no identifier is found."""
    kept = {place.name for place in looked_at if b"hungry" in place.content}
    for place in (
        "opened messages.text", "opened unsent.text", "a draft as it was kept", "table events.data", "file rasa.db",
        "answer: desk, to worker", "answer: record, to typist", "answer: record, to worker", "answer: draft, to typist",
    ):  # fmt: skip
        assert any(name.startswith(place) for name in kept), f"{place} was not looked at"
    sizes = {place.name: len(place.content) for place in looked_at}
    assert sizes["file log/service.log"] > 1000, "our log was heard"
    assert sizes["file log/rasa.log"] > 100_000, "and Rasa's"


def test_what_was_taken_out_is_nowhere(searched: Search) -> None:
    wrong = [s for s in searched.sightings if not s.was_missed]
    assert not wrong, in_a_table(wrong)


def test_what_was_missed_stands_only_where_its_consultation_is_read(searched: Search) -> None:
    wrong = [s for s in searched.sightings if s.was_missed]
    assert not wrong, in_a_table(wrong)


def test_what_was_missed_is_told(walk: Walk, searched: Search, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = Counter((t.planted.canary.kind, t.outcome == FOUND) for t in walk.typed)
    figures = {
        "planted": len(walk.canaries),
        "typed": len(walk.typed),
        "places": searched.places,
        "bytes": searched.size,
        "sightings": len(searched.sightings),
        "kinds": {
            kind: {"typed": outcomes[kind, True] + outcomes[kind, False], "missed": outcomes[kind, False]}
            for kind in sorted({canary.kind for canary in walk.canaries})
        },
        "spellings": {
            spelling: {
                "typed": sum(t.planted.spelling == spelling for t in walk.typed),
                "missed": sum(t.planted.spelling == spelling and t.outcome != FOUND for t in walk.typed),
            }
            for spelling in SPELLINGS
        },
    }
    if where := os.environ.get("NONAME_CANARY_FIGURES"):
        Path(where).write_text(json.dumps(figures), encoding="utf-8")
    with capsys.disabled():
        print(f"\n{json.dumps(figures, indent=1)}")  # noqa: T201
    missed = sum(t.outcome != FOUND for t in walk.typed)
    assert missed < len(walk.typed) / 5, "more than one in five was missed: something is shut"
