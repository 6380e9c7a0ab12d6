"""Whatever request the routes of both apps could be sent, by whoever has signed in: none of them falls.

The suite sends a few to each route, always the same. With NONAME_LONG=1 there are 20,000, of which
`./noname evaluate attacks` takes its figures from the file that NONAME_ATTACKS_FIGURES names; NONAME_ATTACKS_SEED
says with which seed they begin.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.attacked_house import AttackedHouse
from tests.attacks import METHODS, Tally, attack, every_route_told, operations
from tests.unit.web.test_who_is_let_in import every_route

FEW, EACH, ENOUGH = 3, 24, 20_000
FIRST = int(os.environ.get("NONAME_ATTACKS_SEED", "1"))
# What speaks with machines alone, and files: these stand in no schema and are tried by hand elsewhere.
BY_HAND = ("/rasa/", "/telegram/", "/livez", "/readyz", "/metrics", "/.well-known/", "/static", "/api/openapi.json")


def test_requests_are_made_up_for_every_route(seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with every_route_told():
        house = AttackedHouse(seed, tmp_path / "var", monkeypatch)
        told = {(one.method.upper(), one.path.rstrip("/")) for one in operations(house)}
        there = {(method, path) for method, path in every_route(house.built.app.routes) if method.lower() in METHODS}
        house.close()
    tried = {(method, path.rstrip("/")) for method, path in there if not path.startswith(BY_HAND)}
    assert tried - told - {("GET", "/duty")} == set()
    assert len(told) > 90


def test_no_request_makes_a_route_fall(seed: Path, tmp_path: Path) -> None:
    tally = Tally()
    attack(seed, tmp_path / "var", FEW, 7, tally)
    assert tally.fell == []
    assert tally.sent > 250
    assert {200, 303, 401, 403, 404, 422} <= tally.statuses.keys()
    signed_out = tally.statuses[401] / (tally.sent - tally.by["nobody"])
    assert signed_out < 0.4, "who is only ever sent to sign in proves little"
    assert tally.statuses[422] > 3


@pytest.mark.skipif(not os.environ.get("NONAME_LONG"), reason="minutes: NONAME_LONG=1")
@pytest.mark.timeout(4 * 3600)
def test_twenty_thousand_requests_make_no_route_fall(seed: Path, tmp_path: Path) -> None:
    tally, round_seed = Tally(), FIRST
    while tally.sent < ENOUGH:
        attack(seed, tmp_path / str(round_seed), EACH, round_seed * 1000, tally)
        sys.stdout.write(f"{tally.sent} sent, {len(tally.fell)} fell\n")
        sys.stdout.flush()
        round_seed += 1
        if where := os.environ.get("NONAME_ATTACKS_FIGURES"):
            said = {"seeds": [FIRST, round_seed - 1], "sent": tally.sent, "fell": len(tally.fell)}
            said |= {"statuses": dict(tally.statuses), "by": dict(tally.by)}
            Path(where).write_text(json.dumps(said), encoding="utf-8")
    assert tally.fell == []
