"""A house that falls between what was said and the mark that the update is done: one talk, and each thing said once."""

import pytest

from bot.consultation import Stage
from bot.desk.ports import Utterance
from tests.unit.telegram.scene import FakeHouse, words


class Closing(FakeHouse):
    """A house in which whatever is said ends the talk, and nothing new is taken in after its end."""

    async def receive(self, person, talk, client_id, typed, choice, now, not_names=()):
        received = await super().receive(person, talk, client_id, typed, choice, now, not_names)
        self.stages[talk] = Stage.CLOSED
        return received


def falls_once(scene, monkeypatch, typed):
    """Let the house fall before the update is marked, and the update come again."""
    with monkeypatch.context() as falling:
        falling.setattr(type(scene.outbox), "put", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            scene.types(typed)
    scene.again({"update_id": 1001, "message": scene.message(text=typed)})
    scene.deliver()


def test_a_message_that_closes_its_talk_opens_no_second_one_when_it_comes_again(scene, monkeypatch):
    scene.house = Closing()
    scene.start()
    scene.link()
    falls_once(scene, monkeypatch, "that is all")
    assert scene.house.opened == 1
    assert [record for _, record, _ in scene.house.taken] == ["that is all"]
    assert scene.server.said == ["and then?"]
    scene.types("another child")
    assert scene.house.opened == 2


@pytest.mark.parametrize("typed", ["/worry", "/worry he is cold"])
def test_a_worry_that_comes_again_has_one_talk(scene, monkeypatch, typed):
    scene.link()
    falls_once(scene, monkeypatch, typed)
    assert scene.house.opened == 1
    assert scene.server.said == ["What worries you?", "and then?"][: len(typed.split(maxsplit=1))]
    assert len(scene.house.taken) <= 1


def test_a_worry_behind_another_has_a_talk_of_its_own_once_something_was_said(scene):
    scene.link()
    scene.types("/worry")
    scene.types("/worry")
    assert scene.house.opened == 1
    scene.types("hungry")
    scene.types("/worry")
    assert scene.house.opened == 2
    scene.house.stages[scene.linked.talk] = Stage.CLOSED
    scene.types("/worry")
    assert scene.house.opened == 3


def test_urgent_word_that_comes_again_is_of_one_talk(scene, monkeypatch):
    scene.link()
    with monkeypatch.context() as falling:
        falling.setattr(type(scene.staff), "pass_on", lambda *_: (_ for _ in ()).throw(OSError))
        scene.types("/urgent")
    scene.types("/urgent")
    scene.deliver()
    assert scene.house.opened == 1
    assert words("utter_telegram_urgent_passed_on") in scene.server.said


def test_a_talk_that_is_gone_is_not_asked_for_its_first_words(scene):
    scene.link()
    scene.house.opening = (Utterance("assistant", "Hello?"),)
    scene.types("/worry")
    del scene.house.said[scene.linked.talk]
    scene.types("/worry")
    scene.deliver()
    assert scene.house.opened == 2
    assert scene.server.said == ["Hello?", "Hello?"]
