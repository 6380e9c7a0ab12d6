"""Dates are told as ages and by how long ago they are; whatever the spelling, the day itself is gone."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.anonymiser import Anonymiser, load
from bot.anonymiser.placeholders import spans
from bot.consultation import RawText

BLOCKS = yaml.load(Path(__file__).with_name("dates_told.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
CASES = [
    (block["typed on"], str(typed), shown)
    for block in BLOCKS
    for heading, cases in block.items()
    if heading != "typed on"
    for typed, shown in cases.items()
]
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(("on", "typed", "shown"), CASES)
def test_a_date_is_told_by_what_it_means(anonymiser: Anonymiser, on: date | None, typed: str, shown: str) -> None:
    assert anonymiser.redact(RawText(typed), on=on).text == shown


@pytest.mark.parametrize(("on", "typed", "shown"), CASES)
def test_however_it_is_cased(anonymiser: Anonymiser, on: date | None, typed: str, shown: str) -> None:
    told = [shown[start:end] for start, end in spans(shown)]
    for written in (typed.lower(), typed.upper()):
        text = anonymiser.redact(RawText(written), on=on).text
        assert [text[start:end].lower() for start, end in spans(text)] == [one.lower() for one in told]


@pytest.mark.parametrize("later", [None, SUNDAY, SUNDAY + timedelta(40), date(2031, 1, 1)])
@pytest.mark.parametrize(("on", "typed", "shown"), CASES)
def test_what_was_told_once_is_left_alone_on_any_other_day(
    anonymiser: Anonymiser, on: date | None, typed: str, shown: str, later: date | None
) -> None:
    redaction = anonymiser.redact(RawText(shown), on=later)
    assert redaction.text == shown
    assert redaction.findings == ()
    assert redaction.record == shown or redaction.left_out, "no word of a placeholder is left out of the record"
    assert all(shown[f.start : f.end].isalnum() for f in redaction.left_out)


def test_a_date_of_birth_and_another_date_are_one_kind_of_finding(anonymiser: Anonymiser) -> None:
    text = "dob 12/03/2014, seen on 20/11/2026"
    findings = anonymiser.redact(RawText(text), on=SUNDAY).findings
    assert [(text[f.start : f.end], f.kind, f.shown) for f in findings] == [
        ("12/03/2014", "DATE_OF_BIRTH", "[date of birth: aged 10 to 12]"),
        ("20/11/2026", "DATE_OF_BIRTH", "[date: last Friday]"),
    ]


BEHIND_A_CHILD = [
    ("Kian Walsh, 12/03/2014", "[date of birth: aged 10 to 12]"),
    ("kian walsh 12/03/14 was seen", "[date of birth: aged 10 to 12]"),
    ("Kian (12.3.14)", "[date of birth: aged 10 to 12]"),
    ("Seen by Dr Kian Walsh, 12/03/2022", "[date: 4 years ago]"),
    ("told Kian 12/03/2022", "[date: 4 years ago]"),
    ("Kian Walsh, 20/11/2026", "[date: last Friday]"),
]


@pytest.mark.parametrize(("typed", "shown"), BEHIND_A_CHILD)
def test_a_day_long_ago_right_behind_a_childs_name_is_told_as_its_birth(
    anonymiser: Anonymiser, typed: str, shown: str
) -> None:
    findings = anonymiser.redact(RawText(typed), on=SUNDAY).findings
    assert [f.shown for f in findings if f.kind == "DATE_OF_BIRTH"] == [shown]


TYPED_WITH_LETTERS = [
    "dob o3/o4/2o12 he",
    "born o3/o4/12 he",
    "dob l2/o3/2014 he",
    "born ol/ol/2014 he",
    "dob o8 11 twenty-ten he",
]


@pytest.mark.parametrize("typed", TYPED_WITH_LETTERS)
def test_of_a_date_with_letters_for_digits_nothing_is_left(anonymiser: Anonymiser, typed: str) -> None:
    text = anonymiser.redact(RawText(typed), on=SUNDAY).text
    assert re.fullmatch(r"(?:dob|born) \[[^\]]+\] he", text), (
        "whatever it is called: it may be read as a telephone number"
    )


IMITATIONS = [
    ("[date: Sharon] said", "Sharon"),
    ("[date: last Sharon] said", "Sharon"),
    ("[date of birth: Sharon] said", "Sharon"),
    ("[date of birth: aged 5 to 9 Sharon] said", "Sharon"),
    ("[date: 3 March 2014] said", "3 March"),
    ("[date: 12/03/2014] said", "12/03"),
    ("[date of birth: 12/03/2014] said", "12/03"),
    ("[date of birth: aged 07700 900123] said", "900123"),
    ("[date: 943 476 5919 years ago] said", "943"),
]


@pytest.mark.parametrize(("typed", "identifier"), IMITATIONS)
def test_what_only_looks_like_our_words_is_searched(anonymiser: Anonymiser, typed: str, identifier: str) -> None:
    for on in (None, SUNDAY):
        assert identifier.lower() not in anonymiser.redact(RawText(typed), on=on).text.lower()


MONTHS = "January February March April May June July August September October November December".split()
SLIPS = {"January": "Janurary", "February": "Febuary", "September": "Setpember", "November": "Novemeber"}
SPELLINGS = [
    *("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}.{m}.{s}", "{d:02}-{m:02}-{s}", "{y}-{m:02}-{d:02}", "{d} / {m} / {y}"),
    *("{d}{th} {M} {y}", "the {d}{th} of {M}, {y}", "{d} {M} '{s}", "{d}{M}{y}", "{d}-{A}-{s}", "{d} {A} {y}"),
    *("{M} {d}, {y}", "{M} {d}{th} {y}", "{A} {d}{th} {s}", "{d}{th} {T} {y}", "{T} the {d}{th} {y}"),
    *("{d}{th} {M}", "{M} {d}{th}", "{d}{th} of {T}"),
    *("{W} {d}{th} {M} {y}", "{W}, {d}/{m}/{s}", "{d}/{m}/{y} ({W})"),
    *("{d}/{R}/{s}", "{M} {y} the {d}{th}", "{d:02} {m:02} {y}"),
]
AROUND = [
    *("dob {}", "she was born on {} here", "date of birth is {}", "birthday: {}", "{} (dob)", "aged 9 ({})"),
    *("seen on {} at school", "incident {}", "since {} he has been sad", "baby due {}", "hearing on {} at ten"),
]


def spelt(day: date, spelling: str) -> str:
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    month = MONTHS[day.month - 1]
    names = {"M": month, "A": month[:3], "T": SLIPS.get(month, month), "W": day.strftime("%A"), "th": th}
    names["R"] = "i ii iii iv v vi vii viii ix x xi xii".split()[day.month - 1]
    return spelling.format(d=day.day, m=day.month, y=day.year, s=f"{day.year % 100:02}", **names)


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.sampled_from(SPELLINGS),
    st.sampled_from(AROUND),
    st.one_of(st.none(), st.dates(), st.dates(date(2024, 1, 1), date(2030, 12, 31))),
)
@example(date(2014, 3, 12), "{d}/{m}/{y}", "dob {}", date.min)
@example(date(2014, 3, 12), "{d}{th} {M}", "seen on {} at school", date.max)
def test_however_a_date_is_spelt_and_whenever_it_is_told_the_day_is_gone(
    day: date, spelling: str, around: str, on: date | None
) -> None:
    text = load().redact(RawText(around.format(spelt(day, spelling))), on=on).text
    places = spans(text)
    left, told = text, ""
    for start, end in reversed(places):
        left, told = left[:start] + "{}" + left[end:], text[start:end]
    if on is None or told == "[date]":
        left = re.sub(rf"\({day:%A}\)|{day:%A},?", "", left)  # a weekday alone is no date
    assert left.replace(" ", "") == around.replace(" ", ""), "nothing of the date is left, and nothing else is taken"
    assert len(places) == 1
    assert not re.search(r"\d{4}", told)
    if "born" in around or "dob" in around or "birth" in around:
        assert told == "[date]" or told.startswith("[date of birth: aged ")
    if on is None:
        assert told == "[date]"


PIECES = st.sampled_from(
    [
        *("12/03/14", "3rd", "March", "2014", "20", "Nov", "monday", "May", "2026-11-20", "Setpember", "120314", "the"),
        *(
            "dob",
            "born",
            "birthday",
            "due",
            "third",
            "of",
            "twenty-ten",
            "xi",
            "o3",
            "born in 2014",
            "turns 8 on",
            "Kian",
            "aged",
            "9",
            "yr",
            "4",
            "weeks",
            "ago",
            "in",
            "last",
            "and",
            "between",
            "to",
        ),
        *(
            "[date]",
            "[date: last Tuesday]",
            "[date: in March]",
            "[date of birth: aged 5 to 9]",
            "[date:",
            "[date of birth:",
        ),
        *("]", "(", ")", ",", "-", "/", ".", "\n", "½", "mum", "Lily", "07700", "ref", "High Street", "School", "reg"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from([" ", "", "-", "/"]).map(lambda glue: glue.join(pieces))
)
DAYS = st.one_of(st.none(), st.dates(), st.dates(date(2024, 1, 1), date(2030, 12, 31)))


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS, DAYS)
def test_redacting_again_on_another_day_changes_nothing(text: str, on: date | None, later: date | None) -> None:
    once = load().redact(RawText(text), on=on)
    twice = load().redact(RawText(once.text), on=later)
    assert twice.text == once.text
    assert twice.findings == ()
    assert load().redact(RawText(once.record), on=later).record == once.record


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS)
def test_what_is_told_takes_nothing_less_out(text: str, on: date | None) -> None:
    """The stretches that are taken out when dates are told hold all that are taken out when they are not."""
    untold, told = (load().redact(RawText(text), on=day).findings for day in (None, on))
    covered = {place for finding in told for place in range(finding.start, finding.end)}
    assert all(set(range(finding.start, finding.end)) <= covered for finding in untold)


HOSTILE = ["12/03/14 " * 1100, "dob " * 2500, "3 March " * 1250, "March 3 " * 1250, "3rd and " * 1250, "3-" * 5000]
HOSTILE += ["third of the " * 760, "first of march " * 660, "born in " * 1200, "march the third " * 620, "o3/" * 3300]
HOSTILE += [
    "kian, 1/1/20 " * 760,
    "born 5/xi/15 " * 700,
    "two thousand and " * 580,
    "dob of a " * 1100,
    "14 03 20" * 1200,
]
HOSTILE += ["born for a " * 900, "monday " * 1400, "1 weeks " * 1240 + "1/1/26", "[date: in March" * 660]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_no_row_of_dates_makes_it_think_for_long(anonymiser: Anonymiser, text: str) -> None:
    began = time.process_time()
    anonymiser.redact(RawText(text), on=SUNDAY)
    assert time.process_time() - began < 5, "a hostile text must not stop the desk"
