"""Many consultations at once: several DSLs talk to one house side by side."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.commands.widget_client import WidgetClient
from evaluation.conversations import phrases
from evaluation.conversations.behind import DOMAIN, RESPONSES, BehindTheDoor
from evaluation.conversations.dsl import Dsl
from evaluation.conversations.heard import Heard
from evaluation.conversations.scene import Walked
from evaluation.conversations.walk import Walk

AT_ONCE = 4


def hold(url: str, code: str, look: BehindTheDoor, seeds: Iterable[int], at_once: int = AT_ONCE) -> Iterator[Walked]:
    """Hold one consultation a seed at a house, each DSL signed in with the access code; yield them as they end."""
    heard, said = Heard(RESPONSES, DOMAIN), phrases.load()
    options, areas = look.options(), look.areas()

    def one(seed: int) -> Walked:
        client = WidgetClient(url)
        client.sign_in(code)
        dsl = Dsl(seed, said, options, areas)
        area = {"Kent": "kent", "Buckinghamshire": "buckinghamshire"}.get(dsl.area) if dsl.says_the_area_first else None
        return Walk(client, heard, look).hold(seed, dsl, area)

    with ThreadPoolExecutor(at_once) as several:
        yield from several.map(one, seeds)


