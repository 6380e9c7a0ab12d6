"""Annual reports at the scrutineer's own pages: published figures, their charts and files, and nothing else."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from xml.etree import ElementTree

import pytest

from bot.desk.people import Person, Role
from bot.paper import PaperFailed
from bot.web.app import create_app
from bot.web.report_pages import Reports
from tests.at_the_desk import make_counsel, wording
from tests.fakes_scrutiny import YEAR, make_scrutiny, with_drift
from tests.fakes_web import NOW, RASA_TOKEN, FakeHouse
from tests.unit.web.visitor import Visitor, main_of

SAL = Person("scrutineer-1", Role.SCRUTINEER, "Sal Reed", "kent")
HERE = f"/duty/reports/{YEAR}/kent"


class NoPaper:
    async def pdf(self, record, sheet="record") -> bytes:
        raise PaperFailed


def visit(*, paper=None, records=None) -> Visitor:
    house = FakeHouse()
    visitor = Visitor(house)
    behind = make_scrutiny(make_counsel(house.records, house.clock), records)
    if paper:
        behind["reports"] = Reports(behind["reports"].scrutiny, paper)
    given = {"clock": house.clock, "base_url": "http://testserver", "rasa_token": RASA_TOKEN}
    visitor.app = create_app(house, wording().say, **given, **behind)
    visitor._client._transport.app = visitor.app
    visitor._client.cookies.set("noname_duty", house.sign_in(SAL))
    return visitor


@pytest.fixture
def scrutineer() -> Iterator[Visitor]:
    visitor = visit()
    yield visitor
    visitor.close()


@pytest.fixture
def with_report(scrutineer: Visitor) -> Visitor:
    assert scrutineer.post("/duty/reports", data={"year": str(YEAR)}).status_code == 303
    return scrutineer


def test_before_there_is_a_report_the_last_whole_year_can_be_made(scrutineer: Visitor) -> None:
    page = scrutineer.get("/duty/reports").text
    assert "There are none yet." in page
    assert f'name="year" value="{YEAR}"' in page


def test_a_report_that_was_made_is_listed_and_not_made_again(with_report: Visitor) -> None:
    page = with_report.get("/duty/reports").text
    assert "Report of 2025-26" in page
    assert "<form" not in main_of(page)


def test_a_year_that_is_not_over_is_not_counted_and_it_is_said_why(scrutineer: Visitor) -> None:
    answer = scrutineer.post("/duty/reports", data={"year": str(NOW.year)})
    assert answer.status_code == 409
    assert "28 days after it ends" in answer.text


def test_a_report_has_a_chart_and_a_table_for_each_part_and_says_what_is_not_shown(with_report: Visitor) -> None:
    page = main_of(with_report.get(HERE).text)
    charts = re.findall(r'<img class="chart" src="([^"]+)" alt="([^"]+)"', page)
    assert len(charts) > 8
    assert all(words for _, words in charts)
    assert page.count("<table") >= len(charts)
    assert "Figures under 5 are not shown" in page
    assert "The service did not record this in that year." in page


def test_every_chart_of_a_report_is_a_picture_with_words_and_nothing_that_runs(with_report: Visitor) -> None:
    for source in re.findall(r'<img class="chart" src="([^"]+)"', with_report.get(HERE).text):
        answer = with_report.get(source)
        assert answer.headers["content-type"].startswith("image/svg+xml")
        drawn = ElementTree.fromstring(answer.text)
        names = {element.tag.rpartition("}")[2] for element in drawn.iter()}
        assert not names & {"script", "style", "a", "image", "foreignObject"}
        assert {"title", "desc"} <= names
        assert not any(name.startswith("on") or "href" in name for one in drawn.iter() for name in one.attrib)


def test_the_files_have_the_figures_of_the_page(with_report: Visitor) -> None:
    text = with_report.get(f"{HERE}/figures.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text)))
    opened = next(line for line in lines if (line["table"], line["area"]) == ("opened", "kent"))
    assert opened["figure"] in main_of(with_report.get(HERE).text)
    meaning = with_report.get(f"{HERE}/dictionary.csv")
    assert meaning.headers["content-type"].startswith("text/csv")
    assert "attachment" in meaning.headers["content-disposition"]


@pytest.fixture
def moving() -> Iterator[Visitor]:
    visitor = visit(records=with_drift())
    assert visitor.post("/duty/reports", data={"year": str(YEAR)}).status_code == 303
    yield visitor
    visitor.close()


def test_drift_is_on_the_page_with_its_chart_its_table_and_what_was_found(moving: Visitor) -> None:
    page = main_of(moving.get(HERE).text)
    assert "The worker&#39;s level for the same facts, over the year" in page
    assert "No movement was found. That does not show that there was none." in page
    assert page.count("For the same facts") > 1
    drawn = ElementTree.fromstring(moving.get(f"{HERE}/drift.svg").text)
    told = drawn.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "April to June: As it was" in told
    assert " to " in told


def test_over_all_areas_each_has_what_was_found_or_that_there_were_too_few(moving: Visitor) -> None:
    page = main_of(moving.get(f"/duty/reports/{YEAR}/all").text)
    assert "What was found in each area" in page
    assert "Too few to say" in page


def test_where_there_were_too_few_the_page_says_so_and_there_is_no_chart(with_report: Visitor) -> None:
    assert "Too few to say. It takes 100 consultations" in main_of(with_report.get(HERE).text)
    assert with_report.get(f"{HERE}/drift.svg").status_code == 404


def test_the_file_has_drift_as_numbers_with_a_sign(moving: Visitor) -> None:
    text = moving.get(f"{HERE}/figures.csv").content.decode("utf-8-sig")
    drift = {line["row"]: line["figure"] for line in csv.DictReader(StringIO(text)) if line["table"] == "drift"}
    assert int(drift["share_low"]) < 0 < int(drift["share_high"])
    assert drift["finding"] == "none_found"
    meaning = moving.get(f"{HERE}/dictionary.csv").content.decode("utf-8-sig")
    assert set(drift) == {line["row"] for line in csv.DictReader(StringIO(meaning))
                          if (line["what"], line["name"]) == ("row", "drift")}  # fmt: skip


def test_the_paper_is_sent_as_a_file(with_report: Visitor) -> None:
    answer = with_report.get(f"{HERE}/report.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_where_no_paper_can_be_made_the_page_says_so_and_has_the_figures() -> None:
    visitor = visit(paper=NoPaper())
    visitor.post("/duty/reports", data={"year": str(YEAR)})
    answer = visitor.get(f"{HERE}/report.pdf")
    assert answer.status_code == 503
    assert "The paper could not be made." in answer.text
    visitor.close()


@pytest.mark.parametrize(
    "path",
    [f"/duty/reports/{YEAR}/nowhere", "/duty/reports/2019/all", f"{HERE}/nothing.svg", f"{HERE}/opened.svg",
     f"{HERE}/other.csv", f"/duty/reports/{YEAR}/nowhere/figures.csv"],
)  # fmt: skip
def test_what_was_not_published_is_not_there(with_report: Visitor, path: str) -> None:
    assert with_report.get(path).status_code == 404


def test_nothing_can_be_asked_that_cuts_the_year_another_way(with_report: Visitor) -> None:
    plain = main_of(with_report.get(HERE).text)
    assert "<table" in plain
    assert main_of(with_report.get(f"{HERE}?kind=neglect&from=2025-04-01&age=5_9").text) == plain


def test_a_scrutineer_begins_at_their_own_page_with_the_way_to_both(scrutineer: Visitor) -> None:
    page = scrutineer.get("/duty/").text
    assert 'href="/duty/reports"' in page
    assert 'href="/duty/samples"' in page


@pytest.mark.parametrize("year", ["1e9", str(10**30), "-1", "1999", "nineteen"])
def test_what_is_no_year_is_not_asked_for(scrutineer: Visitor, year: str) -> None:
    assert scrutineer.get(f"/duty/reports/{year}/all").status_code == 422
    assert scrutineer.post("/duty/reports", data={"year": year}).status_code == 422
    assert scrutineer.post("/duty/samples", data={"year": year, "reason": "quality"}).status_code == 422
