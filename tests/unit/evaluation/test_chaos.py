"""What a killed service leaves behind is judged: each kind of harm is noticed, and what is whole is left alone."""

from dataclasses import asdict, replace

import pytest

from evaluation.chaos import Found, Run, Said, compare, figures, report

SENT = {"dsl": ["hungry", "tired", "cold"], "duty_worker": ["since when?", "and at home?"]}
WHOLE = [
    Said(1, "assistant", "hello"),
    Said(2, "dsl", "hungry"),
    Said(3, "assistant", "noted: hungry"),
    Said(4, "dsl", "tired"),
    Said(5, "service", "a person has it"),
    Said(6, "duty_worker", "since when?"),
    Said(7, "dsl", "cold"),
    Said(8, "duty_worker", "and at home?"),
]


def _renumbered(page: list[Said]) -> list[Said]:
    return [said._replace(number=number) for number, said in enumerate(page, 1)]


def _judged(records: list[Said], page: list[Said] | None = None, heard: int = 1, broken: bool = False) -> Found:
    return compare(SENT, {"records": records, "page": records if page is None else page}, heard, broken)


def test_a_talk_that_is_whole_is_found_whole():
    assert _judged(WHOLE) == Found()


WITHOUT_ONE = _renumbered([said for said in WHOLE if said.text != "cold"])
TWICE = _renumbered([*WHOLE[:4], *WHOLE[3:]])
SHUFFLED = _renumbered([*WHOLE[:3], WHOLE[6], WHOLE[4], WHOLE[5], WHOLE[3], WHOLE[7]])
ANSWERED_TWICE = _renumbered([*WHOLE[:3], WHOLE[2], *WHOLE[3:]])
NOT_ANSWERED = _renumbered([*WHOLE[:2], *WHOLE[3:]])
BY_THE_SERVICE = [*WHOLE[:2], Said(3, "service", "it does not answer"), *WHOLE[3:]]


@pytest.mark.parametrize(
    ("records", "found"),
    [
        (WITHOUT_ONE, Found(lost=1)),
        (TWICE, Found(doubled=1)),
        (SHUFFLED, Found(out_of_order=1)),
        (ANSWERED_TWICE, Found(not_answered_once=1)),
        (NOT_ANSWERED, Found(not_answered_once=1)),
        (BY_THE_SERVICE, Found()),
    ],
    ids=["lost", "doubled", "out of order", "answered twice", "not answered", "answered by the service"],
)
def test_harm_to_what_is_kept_is_noticed(records: list[Said], found: Found):
    assert _judged(records) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ([said for said in WHOLE if said.number != 4], Found(missing=1, differing=1)),
        ([*WHOLE[:4], *WHOLE[3:]], Found(out_of_order=1, differing=1)),
        ([WHOLE[1], WHOLE[0], *WHOLE[2:]], Found(out_of_order=1, differing=1)),
        ([*WHOLE[:7], Said(8, "duty_worker", "something else")], Found(differing=1)),
        ([], Found(missing=8, differing=1)),
    ],
    ids=["a number left out", "drawn twice", "drawn in another order", "other words", "nothing drawn"],
)
def test_a_page_that_saw_something_else_is_noticed(page: list[Said], found: Found):
    assert _judged(WHOLE, page) == found


def test_a_gap_in_the_numbers_that_everybody_sees_is_noticed():
    gap = [*WHOLE[:4], *(said._replace(number=said.number + 1) for said in WHOLE[4:])]
    assert _judged(gap).missing > 0


def test_a_broken_chain_is_noticed():
    assert _judged(WHOLE, broken=True) == Found(broken_seals=1)


RUN = Run(
    seed=3, messages=1000, kills=44, pace=0.1, cut=70, cut_when_kept=9, refused=0, longest=2.5, median=0.1,
    seconds=80.0, found=Found(),
)  # fmt: skip


def test_the_report_adds_the_runs_up_and_tells_the_waits_apart():
    slow = replace(RUN, seed=4, pace=1.0, longest=7.25, found=Found(lost=2))
    counted = figures([RUN, replace(RUN, seed=5, longest=1.0), slow])
    assert counted["found"] == asdict(Found(lost=2))
    told = report(counted)
    assert "Seeds 3 to 5." in told
    assert "| messages of people | 3000 |" in told
    assert "| messages lost | 2 |" in told
    assert "| 0.1 | 2 | 2.5 | 0.10 |" in told
    assert "| 1 | 1 | 7.2 | 0.10 |" in told
