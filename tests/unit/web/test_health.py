"""Alive and ready are two questions."""

from tests.unit.web.visitor import Visitor


def test_a_house_that_works_is_alive_and_ready(visitor: Visitor) -> None:
    assert visitor.get("/livez").json() == {"alive": True}
    assert visitor.get("/readyz").json() == {"ready": True, "failing": []}


def test_what_fails_is_named(visitor: Visitor) -> None:
    visitor.house.works = {"records": True, "dialogue": False, "anonymiser": False}
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "failing": ["anonymiser", "dialogue"]}
    assert visitor.get("/livez").status_code == 200, "a house that is not ready is alive all the same"


def test_a_check_that_falls_is_not_ready_and_says_no_more(visitor: Visitor, caplog) -> None:
    def falls():
        raise RuntimeError("canary")

    visitor.house.looks = falls
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["house"])
    assert "canary" not in answer.text + caplog.text
