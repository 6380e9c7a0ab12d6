"""A turn asks the records as often, and in the same words, however many consultations they keep."""

import asyncio
import secrets
from collections.abc import Iterator

import pytest

from bot.consultation import RawText
from bot.consultation.reference import make_reference
from evaluation.speed.copying import Copying
from evaluation.speed.counting import Cost, counted
from tests import chaos_house
from tests.many_cases import Scene, house_with

SMALL, LARGE = 10, 1_000
CLOSED = {"consultations": {"stage": "closed"}, "cases": {"stage": "closed"}}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house_with(tmp_path_factory.mktemp("house"), 3) as scene:
        grow(scene, SMALL)
        yield scene


def grow(scene: Scene, consultations: int) -> None:
    """Keep so many more, which are over."""
    copying = scene.records.beside(Copying)
    for _ in copying.copy(copying.original("c1"), consultations, lambda: make_reference(secrets.randbelow), CLOSED):
        pass


def cost_of_a_turn(scene: Scene, client_id: str) -> Cost:
    """Say something in a consultation of its own that has just been opened, and return what was asked for it."""

    async def turn() -> Cost:
        house, now = scene.house, chaos_house.clock()
        opened = await house.open(scene.dsl, "kent", now)
        with counted(scene.engines) as cost:
            await house.receive(scene.dsl, opened.id, client_id, RawText("hungry again"), None, now)
        return cost

    return asyncio.run(turn())


def test_a_turn_asks_no_more_of_many_consultations_than_of_few(scene: Scene) -> None:
    cost_of_a_turn(scene, "client-id-0")  # what is asked once in a house's life
    few = cost_of_a_turn(scene, "client-id-1")
    grow(scene, LARGE - SMALL)
    many = cost_of_a_turn(scene, "client-id-2")
    assert few.queries > 5
    assert many.statements == few.statements
    assert (many.writes, many.opened) == (few.writes, few.opened)
    assert scene.records.verify_audit() is None
