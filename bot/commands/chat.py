"""`chat`: a consultation in the terminal, through the same API as the widget.

What is typed goes to the service as it stands and is redacted there. A number chooses a button, several
numbers tick several answers, anything else is said as text, and an empty line looks for news.
"""

import argparse
import json
import re
import sys
from typing import Any

from bot.commands import CannotRun
from bot.commands.widget_client import Declined, WidgetClient
from bot.launch.guest import HouseDidNotStart, house
from bot.settings import Settings, load_settings
from bot.web.cards import as_text

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and about which area."""
    parser.add_argument("--area", help="the council where the child lives, such as kent")
    parser.add_argument("--practice", metavar="CASE", help="practise on a case of practice.yml; give --area too")
    parser.add_argument("--url", help="a service that runs already")
    parser.add_argument("--code", help="the access code of a school (the demo's, if left out)")


def run(options: argparse.Namespace) -> None:
    """Talk until the input ends."""
    settings = load_settings()
    try:
        if options.url:
            _talk(WidgetClient(options.url), options.code or demo_code(settings), options)
            return
        with house(settings) as there:
            _talk(WidgetClient(there.url), options.code or demo_code(settings), options)
    except HouseDidNotStart:
        raise CannotRun("the service did not start; `./noname up` shows why.") from None
    except Declined as declined:
        raise CannotRun(str(declined)) from None
    except OSError as silent:
        raise CannotRun(f"the service does not answer ({silent}).") from None


def demo_code(settings: Settings) -> str:
    """Return the access code of the demo's first school. Raises CannotRun where there is no demo."""
    try:
        return json.loads(settings.demo_file.read_text(encoding="utf-8"))["schools"][0]["code"]
    except (OSError, ValueError, KeyError, IndexError):
        raise CannotRun("there is no demo here; give the access code of a school with --code.") from None


def _talk(client: WidgetClient, code: str, options: argparse.Namespace) -> None:
    client.sign_in(code)
    consultation = client.open(options.area, options.practice)["id"]
    offered: list[dict[str, Any]] = []
    last = 0
    while True:
        news = client.messages(consultation, last)
        if news:
            last, offered = news[-1]["number"], show([m for m in news if m["speaker"] != "dsl"])
        typed = _typed()
        if typed is None:
            return
        if not typed:
            continue
        try:
            said = client.say(consultation, **chosen(typed, offered))
        except Declined as declined:
            print(f"({declined})")
            continue
        for note in (said["removed_line"], (said["refusal"] or {}).get("text")):
            if note:
                print(f"({note})")


def _typed() -> str | None:
    """Return one line without its ends, or None when there is no more."""
    if sys.stdin.isatty():
        try:
            return input("> ").strip()
        except EOFError:
            return None
    line = sys.stdin.readline()
    if line:
        print(f"> {line.strip()}")
    return line.strip() if line else None


def chosen(typed: str, offered: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what to send: the choice or choices that were meant, else the text.

    A title counts before a number, because on a scale the answers are numbers themselves.
    """
    titles = {option["title"].casefold(): option["id"] for option in offered if not option["ticked"]}
    if typed.casefold() in titles:
        return {"choice": titles[typed.casefold()]}
    places = typed.replace(",", " ").split()
    if not all(place.isdecimal() and 0 < int(place) <= len(offered) for place in places):
        return {"text": typed}
    meant = [offered[int(place) - 1] for place in places]
    if all(option["ticked"] for option in meant):
        return {"choices": [option["id"] for option in meant]}
    return {"choice": meant[0]["id"]} if len(meant) == 1 else {"text": typed}


def options_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what can be chosen from a message: to tick, to press, then rows to change."""
    card = message["card"] or {}
    rows = [row for row in card.get("rows", ()) if row.get("change")]
    return [
        *({**option, "ticked": True} for option in card.get("options", ())),
        *({**button, "ticked": False} for button in message["buttons"]),
        *({"id": row["change"], "title": row["label"], "ticked": False, "changes": True} for row in rows),
    ]


def show(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Print messages and return what can be chosen from them, numbered through."""
    offered: list[dict[str, Any]] = []
    for message in messages:
        print()
        if message["text"]:
            print({"duty_worker": "Duty worker: "}.get(message["speaker"], "") + plain(message["text"]))
        if message["card"] and message["card"]["kind"] != "ticks":
            print(as_text(message["card"]))
        for option in options_of(message):
            offered.append(option)
            kind = "  (tick)" if option["ticked"] else "  (change)" if option.get("changes") else ""
            print(f"  [{len(offered)}] {option['title']}{kind}")
    return offered


def plain(text: str) -> str:
    """Return a text as a terminal shows it: bold where there is one, bare words where there is none."""
    return _BOLD.sub("\033[1m\\1\033[0m" if sys.stdout.isatty() else r"\1", text)
