"""`packs`: look after the knowledge base. Each thing to do is a module, with `add_arguments` and `run`.

`packs check` says what is wrong or due, `packs show` what an area's answers rest on, `packs compare`
what differs between two areas, and so on; `packs --help` names them all.
"""

import argparse
import importlib

# what to do: (module of this package, what it does)
DOES = {
    "check": ("check", "say what is wrong or due in the knowledge base"),
    "new": ("new", "make a folder for a new area from the template"),
    "show": ("show", "print what an area's answers rest on, on one day"),
    "compare": ("compare", "say what two areas publish differently, or make of the same facts"),
    "replay": ("replay", "work old decisions out again and compare them byte for byte"),
    "impact": ("impact", "count the answers that a draft would have changed"),
    "sheet": ("sheet", "print all that would be said for an area on a day, as a page to check"),
    "draft": ("draft", "say what an area's files in a folder would change"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One of DOES, with its own arguments."""
    below = parser.add_subparsers(dest="what", required=True, metavar="what")
    for name, (module_name, does) in DOES.items():
        module = importlib.import_module(f"bot.commands.packs.{module_name}")
        own = below.add_parser(name, help=does, description=does)
        module.add_arguments(own)
        own.set_defaults(packs_run=module.run)


def run(options: argparse.Namespace) -> int | None:
    """Do it, and return its exit code."""
    return options.packs_run(options)
