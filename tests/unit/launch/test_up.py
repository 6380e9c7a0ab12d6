"""Up: the order of things, with a small service and a process that is not Rasa."""

import contextlib
import io
import os
import signal
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.launch import notes
from bot.launch.ports import PortInUse, take
from bot.launch.progress import Progress
from bot.launch.up import Parts, ServiceDidNotStart, up
from bot.settings import load_settings


class FakeRasa:
    pid = 4711

    def __init__(self):
        self.alive = False

    def start(self):
        self.alive = True

    def is_alive(self):
        return self.alive

    def is_healthy(self):
        return self.alive

    def stop(self):
        self.alive = False


class Scene:
    """A house made of fakes; `done` is what was asked of them, in order."""

    def __init__(self, root):
        with take("127.0.0.1", 0) as held:
            self.port = held.getsockname()[1]
        self.settings = load_settings({"NONAME_PORT": str(self.port)}, root=root)
        self.done, self.out, self.rasa = [], io.StringIO(), FakeRasa()

    async def hello(self, request):
        return PlainTextResponse("hello")

    def build(self, settings):
        self.done.append("build")
        return Starlette(routes=[Route("/", self.hello)])

    def parts(self, **changed):
        own = {
            "migrate": lambda settings: self.done.append("migrate"),
            "seed": lambda settings: self.done.append("seed") or ["  a school's code: K-1"],
            "is_trained": lambda settings: False,
            "ensure_model": lambda settings: self.done.append("train") or Path("model.tar.gz"),
            "build": self.build,
            "make_rasa": lambda settings, model: self.rasa,
            "warm": lambda settings: self.done.append("warm"),
        }
        return Parts(**(own | changed))

    def up(self, **changed):
        progress = Progress(self.out, total=7, done=2)
        up(self.settings, self.parts(**changed), progress, time.monotonic())

    def when_ready(self, act):
        """Do something in another thread once the note says that the service runs."""

        def wait():
            deadline = time.monotonic() + 10
            while "Ctrl-C" not in self.out.getvalue() and time.monotonic() < deadline:
                time.sleep(0.01)
            try:
                act()
            finally:
                os.kill(os.getpid(), signal.SIGTERM)

        thread = threading.Thread(target=wait)
        thread.start()
        return thread


@pytest.fixture
def scene(tmp_path):
    return Scene(tmp_path)


def test_everything_is_ready_before_it_says_so_and_gone_when_it_is_stopped(scene):
    seen = {}

    def look():
        seen["page"] = urllib.request.urlopen(scene.settings.url).read()
        seen["note"] = notes.running(scene.settings.run)
        seen["rasa"] = scene.rasa.alive

    thread = scene.when_ready(look)
    scene.up()
    thread.join()
    assert seen["page"] == b"hello"
    assert seen["note"] == notes.Running(os.getpid(), 4711, scene.settings.url)
    assert seen["rasa"]
    assert scene.done == ["migrate", "seed", "build", "train", "warm"]
    assert not scene.rasa.alive, "Rasa would be left behind"
    assert notes.running(scene.settings.run) is None
    said = scene.out.getvalue()
    assert "7/7" in said
    assert "a school's code: K-1" in said


def test_a_start_leaves_its_timings(scene):
    thread = scene.when_ready(lambda: None)
    scene.up()
    thread.join()
    timings = notes.start_timings(scene.settings.run)
    assert {"migrate", "seed", "train", "start", "ready"} <= set(timings["first"])


def test_a_port_in_use_is_found_before_anything_is_changed(scene):
    with take("127.0.0.1", scene.port), pytest.raises(PortInUse):
        scene.up()
    assert scene.done == []


def test_a_service_that_cannot_be_built_takes_rasa_down_with_it(scene):
    def fall(settings):
        raise RuntimeError("no knowledge base")

    with pytest.raises(RuntimeError):
        scene.up(build=fall)
    assert not scene.rasa.alive


def test_a_service_whose_start_fails_is_reported(scene):
    @contextlib.asynccontextmanager
    async def falls(app):
        raise RuntimeError("no database")
        yield

    with pytest.raises((ServiceDidNotStart, SystemExit)):
        scene.up(build=lambda settings: Starlette(lifespan=falls))
    assert not scene.rasa.alive


def test_when_nothing_needs_training_rasa_starts_before_the_service_is_built(scene):
    def build(settings):
        scene.done.append(f"build with Rasa {'up' if scene.rasa.alive else 'down'}")
        return scene.build(settings)

    thread = scene.when_ready(lambda: None)
    scene.up(is_trained=lambda settings: True, build=build)
    thread.join()
    assert "build with Rasa up" in scene.done


def test_the_service_answers_while_rasa_is_down(scene):
    pages = []

    def look():
        scene.rasa.alive = False
        pages.append(urllib.request.urlopen(scene.settings.url).read())

    thread = scene.when_ready(look)
    scene.up()
    thread.join()
    assert pages == [b"hello"]


@pytest.mark.parametrize(("failing", "is_told"), [(["anonymiser"], True), (["dialogue"], False), ([], False)])
def test_a_house_whose_anonymiser_does_not_work_starts_and_says_so(scene, failing, is_told):
    thread = scene.when_ready(lambda: None)
    scene.up(failing=lambda settings: failing)
    thread.join()
    said = scene.out.getvalue()
    assert "noname is ready" in said
    assert ("nothing that anybody types is taken in" in said) is is_told
    assert ("./noname doctor" in said) is is_told
