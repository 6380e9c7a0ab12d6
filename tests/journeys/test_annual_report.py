"""A year of twenty thousand consultations, from the records to the report: exact, safe, and made in good time."""

import csv
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pypdf
import pytest

from bot.cli import main
from bot.knowledge import load_national
from bot.masters import keys_of
from bot.scrutiny.rules import Rules
from bot.scrutiny.seen import Seen
from bot.settings import ROOT, load_settings
from bot.storage import ReleaseShelf, SqlRecords, make_engine, migrate
from tests.a_moving_year import MovingMaker
from tests.a_year import KINDS, SHARES, YEAR
from tests.a_years_kappa import kappa_of
from tests.attack_on_tables import NESTED, too_narrow
from tests.fakes import finds_nothing
from tests.year_in_records import put

MANY = 20_000
# By the packs, read by hand: each code with its place, a range at its higher end.
CODES = {
    "kent": [("1", "n1"), ("2", "n2"), ("3", "n3"), ("4", "n4")],
    "trafford": [("1", "n1"), ("2", "n2"), ("3", "n2"), ("4", "n3"), ("5", "n4")],
    "derby": [("universal", "n1"), ("early help", "n2"), ("intensive", "n3"), ("specialist", "n4")],
}
RULES = Rules()


@dataclass
class Made:
    """A house with a year in it, the first report of it, and what its maker knows."""

    records: SqlRecords
    maker: MovingMaker
    folder: Path
    seconds: float


def indicators() -> dict[str, list[str]]:
    held = load_national(ROOT / "knowledge_base", date(2026, 11, 23)).indicators.values()
    return {kind: sorted(one.id for one in held if one.category == kind) for kind in (*KINDS, "strengths")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NONAME_VAR", str(folder / "var"))
        settings = load_settings()
        keys = keys_of(settings)
        migrate(settings.database_url, pepper=settings.pepper, keys=keys)
        engine = make_engine(settings.database_url)
        records = SqlRecords(engine, pepper=settings.pepper, keys=keys, scan=finds_nothing, new_id=lambda: "id")
        try:
            maker = MovingMaker(20261123, CODES, indicators(), rises=0.8, shifts=1.0)
            put(records, maker.year(MANY), SHARES)
            begun = time.perf_counter()
            assert main(["report", "--area", "kent", "--year", str(YEAR), "--to", str(folder / "out")]) == 0
            yield Made(records, maker, folder / "out", time.perf_counter() - begun)
        finally:
            records.let_go()


def published(made: Made) -> dict:
    held = made.records.beside(ReleaseShelf).release(YEAR)
    assert held is not None
    return held


def test_the_report_is_made_in_under_half_a_minute(made: Made) -> None:
    assert made.seconds < 30


def test_every_figure_that_is_shown_is_the_one_that_was_made(made: Made) -> None:
    looked_at = 0
    for table in published(made)["tables"]:
        for row, figures in table["rows"].items():
            for column, figure in figures.items():
                areas = table["areas"] if column == "all" else [column]
                true = sum(made.maker.known.of[table["name"]][row, area] for area in areas)
                assert figure is None or figure == RULES.rounded(true), (table["name"], row, column)
                looked_at += figure is not None
    assert looked_at > 300


def test_no_small_figure_of_it_can_be_worked_out(made: Made) -> None:
    counts = {name: {(row, a): made.maker.known.of[name][row, a] for row in t["rows"] for a in SHARES}
              for t in published(made)["tables"] for name in [t["name"]]}  # fmt: skip
    levels = {one["area"]: made.maker.by_quarter[one["area"]] for one in drift_of(made) if one["area"] != "all"}
    assert len(levels) > 1
    assert too_narrow(published(made), counts, also=NESTED, levels=levels) == []
    if where := os.environ.get("NONAME_REPORT_FIGURES"):
        Path(where).write_text(json.dumps(_figures(made, counts)), encoding="utf-8")


def drift_of(made: Made) -> list[dict]:
    return published(made)["drift"]


def kents(made: Made) -> dict:
    return next(one for one in drift_of(made) if one["area"] == "kent")


def test_the_drift_that_was_made_is_found_although_the_cases_became_graver(made: Made) -> None:
    kent = kents(made)
    _, low, high = kent["share"]
    assert kent["finding"] == "down"
    assert low <= made.maker.true_move("kent") <= high
    assert kent["crude"][3] - kent["crude"][0] > high


def test_what_is_said_of_each_quarter_as_it_was_is_what_was_made(made: Made) -> None:
    for one in drift_of(made):
        if one["area"] != "all":
            for crude, (high, low) in zip(one["crude"], made.maker.by_quarter[one["area"]], strict=True):
                assert abs(crude - 100 * high / (high + low)) <= 0.5


def _figures(made: Made, counts: dict) -> dict:
    shown = [f for t in published(made)["tables"] for row in t["rows"].values() for f in row.values()]
    small = sum(RULES.is_small(figure) for cells in counts.values() for figure in cells.values())
    return {
        "consultations": MANY, "areas": len(SHARES), "tables": len(published(made)["tables"]), "figures": len(shown),
        "small": small, "hidden": shown.count(None), "seconds": round(made.seconds, 1),
        "moved": round(made.maker.true_move("kent"), 1), "found": "{}, {} to {}".format(*kents(made)["share"]),
        "under": RULES.under, "rounding": RULES.rounding, "width": RULES.width, "worked_out": 0,
    }  # fmt: skip


def test_the_files_hold_what_was_published(made: Made) -> None:
    text = (made.folder / f"report-{YEAR}-kent.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text)))
    tables = {table["name"]: table for table in published(made)["tables"]}
    assert {line["area"] for line in lines} == {"kent", "all"}
    assert {line["area"] for line in lines if line["table"] == "drift"} == {"kent", "all"}
    for line in lines:
        if line["table"] == "drift" or line["table"].startswith("kappa_"):
            continue
        figure = tables[line["table"]]["rows"][line["row"]][line["area"]]
        assert (line["figure"], line["shown"]) == (("", "no") if figure is None else (str(figure), "yes"))
    meaning = (made.folder / f"report-{YEAR}-kent-dictionary.csv").read_bytes().decode("utf-8-sig")
    explained = {(line["name"], line["row"]) for line in csv.DictReader(StringIO(meaning)) if line["what"] == "row"}
    assert {(line["table"], line["row"]) for line in lines} <= explained


def test_the_files_have_the_kappa_that_was_made_as_near_as_rounded_figures_come(made: Made) -> None:
    text = (made.folder / f"report-{YEAR}-kent.csv").read_bytes().decode("utf-8-sig")
    lines = [line for line in csv.DictReader(StringIO(text)) if line["table"] == "kappa_assistant_worker"]
    told = {line["row"]: float(line["figure"]) for line in lines if line["area"] == "kent"}
    for weights, power in (("linear", 1), ("quadratic", 2)):
        assert told[weights] == pytest.approx(kappa_of(made.maker.known, "kent", power), abs=0.02)
        assert told[f"{weights}_least"] < told[weights] < told[f"{weights}_most"]


def test_the_paper_is_tagged_and_has_the_figures_and_pictures_with_words(made: Made) -> None:
    reader = pypdf.PdfReader(BytesIO((made.folder / f"report-{YEAR}-kent.pdf").read_bytes()))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    kent = next(t for t in published(made)["tables"] if t["name"] == "opened")["rows"]["opened"]["kent"]
    assert f"{kent:,}" in text
    assert "not shown" in text


def test_what_was_published_stays_although_more_comes_in(made: Made) -> None:
    before = published(made)
    late = Seen(area="kent", opened_at=datetime(2026, 3, 30, 9, tzinfo=UTC))
    put(made.records, [late], [], "late-")
    assert main(["report", "--year", str(YEAR), "--to", str(made.folder)]) == 0
    assert published(made) == before


def test_an_area_with_hardly_anything_has_no_report(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--area", "wigan", "--year", str(YEAR), "--to", str(made.folder)]) == 1
    assert "too few" in capsys.readouterr().err


def test_a_year_that_is_not_over_has_no_report(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--year", str(datetime.now(UTC).year), "--to", str(made.folder)]) == 1
    assert "is not over" in capsys.readouterr().err
