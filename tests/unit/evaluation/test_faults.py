"""What killed processes leave behind is judged: each broken promise is noticed, and what is whole is left alone."""

from dataclasses import replace

import pytest

from evaluation.faults.judging import Found, Kept, Run, Talk, figures, judged
from evaluation.faults.report import report
from tests.faults_seen import CANARIES, identifiers

WHOLE = [
    Kept(1, "assistant", ""),
    Kept(2, "dsl", "a"),
    Kept(3, "assistant", ""),
    Kept(4, "dsl", "b"),
    Kept(5, "service", ""),
    Kept(6, "duty_worker", "x"),
    Kept(7, "dsl", "c"),
    Kept(8, "duty_worker", "y"),
]


def talk() -> Talk:
    return Talk("c1", ["a", "b", "c"], ["a", "b", "c"], ["x", "y"], ["x", "y"], held_after=5)


def judge(kept: list[Kept], page: list[int] | None = None, of: Talk | None = None) -> Found:
    numbered = [one._replace(number=number) for number, one in enumerate(kept, 1)]
    return judged(of or talk(), numbered, [one.number for one in numbered] if page is None else page)


def test_a_talk_that_is_whole_is_found_whole() -> None:
    assert judge(WHOLE) == Found()


def test_what_was_under_way_at_the_end_may_be_kept_or_not() -> None:
    sent = Talk("c1", ["a", "b", "c", "d"], ["a", "b", "c"], ["x", "y", "z"], ["x", "y"], held_after=5)
    assert judge(WHOLE, of=sent) == Found()
    assert judge([*WHOLE, Kept(9, "dsl", "d"), Kept(10, "duty_worker", "z")], of=sent) == Found()


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ([one for one in WHOLE if one.client_id != "c"], Found(lost=1)),
        ([one for one in WHOLE if one.client_id != "y"], Found(lost=1)),
        ([*WHOLE, Kept(9, "dsl", "c")], Found(doubled=1)),
        ([*WHOLE, Kept(9, "dsl", "another")], Found(doubled=1)),
        ([*WHOLE, Kept(9, "duty_worker", "another")], Found(doubled=1)),
        ([WHOLE[0], WHOLE[3], WHOLE[2], WHOLE[1], *WHOLE[4:]], Found(out_of_order=1)),
        ([*WHOLE, Kept(9, "assistant", "")], Found(over_a_person=1)),
        ([*WHOLE, Kept(9, "service", "")], Found()),
    ],
)
def test_harm_to_what_is_kept_is_noticed(kept: list[Kept], found: Found) -> None:
    assert judge(kept) == found


def test_a_number_that_is_left_out_and_a_page_that_differs_are_noticed() -> None:
    gap = [*WHOLE[:-1], WHOLE[-1]._replace(number=9)]
    assert judged(talk(), gap, [one.number for one in gap]).missing == 2
    assert judge(WHOLE, page=[1, 2, 3]) == Found(differing=1)
    assert judge(WHOLE, page=[1, 3, 2, 4, 5, 6, 7, 8]) == Found(differing=1)


def test_a_message_that_got_no_word_back_is_counted() -> None:
    told = talk()
    told.silent = 2
    assert judge(WHOLE, of=told) == Found(silent=2)


@pytest.mark.parametrize("canary", CANARIES)
def test_an_identifier_in_any_file_or_in_what_the_records_say_is_found(tmp_path, canary: str) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "service.log").write_text("all is well")
    assert identifiers(tmp_path, "nothing of note") == (0, 1)
    (tmp_path / "log" / "rasa.log").write_text(f"somebody said {canary} today")
    seen, searched = identifiers(tmp_path, "nothing of note")
    assert seen > 0
    assert searched == 2
    assert identifiers(tmp_path, f"and {canary.upper()} here") == (2 * seen, 2)


def test_the_report_tells_kills_by_process_and_every_count() -> None:
    run = Run(7, {"service": 3, "rasa": 2}, 4, 3, 40, 5, 6, 12, 99.5, Found(lost=1, identifiers=2))
    assert replace(run, found=run.found + Found(lost=1)).found.lost == 2
    told = report(figures(run))
    for line in (
        "| kills | 5 |", "| of these: rasa | 2 |", "| of these: service | 3 |", "| consultations | 4 |",
        "| acknowledged messages lost | 1 |", "| identifiers found | 2 |", "| messages doubled | 0 |",
        "| words of the assistant after a person had claimed | 0 |", "Seed 7",
    ):  # fmt: skip
        assert line in told
