"""`languages`: which there are, and what is missing or wrong in one of them."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.knowledge import PackError, load_national, reading_patterns
from bot.knowledge.answer_words import load_answer_words
from bot.knowledge.checks.finding import Finding, refused
from bot.knowledge.translation import findings, missing, unknown_acts, with_patterns_of, with_words_of
from bot.reading import PatternError, Reader
from bot.settings import ROOT

_ENGLISH = ROOT / "nlu_data" / "responses"
_PAGES = ROOT / "bot" / "web" / "templates"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which language, and where languages are."""
    parser.add_argument("code", nargs="?", default="", help="the name of a folder in languages/, such as cy (list all)")
    parser.add_argument("--folder", type=Path, default=ROOT / "languages", help="where the folders are")


def run(options: argparse.Namespace) -> int:
    """Print what is wrong and what is missing, and return 1 if anything has to be put right."""
    found = sorted(here.name for here in options.folder.glob("*") if here.is_dir())
    if not options.code:
        print(f"English, and: {', '.join(found) or 'no other language'}.")
        return 0
    if options.code not in found:
        raise CannotRun(f"no such language; there are English and {', '.join(found) or 'no others'}.")
    over = options.folder / options.code
    wrong = list(look(over))
    for finding in wrong:
        print(str(finding).replace(f"{ROOT}/", ""))
    if not any(finding.file.is_relative_to(over / "responses") and finding.line == 1 for finding in wrong):
        _tell_what_is_missing(over / "responses")
    return 1 if wrong else 0


def look(over: Path) -> Iterator[Finding]:
    """Yield what is wrong in the folder of a language."""
    yield from findings(_ENGLISH, over / "responses")
    yield from unknown_acts(ROOT / "domain.yml", over / "nlu")
    try:
        with_words_of(load_answer_words(KNOWLEDGE_BASE), over / "answers.yml")
        national = load_national(KNOWLEDGE_BASE, date.today())
        patterns = with_patterns_of(reading_patterns(KNOWLEDGE_BASE), over / "reading", national.indicators)
        Reader(national.indicators, patterns, national.red_flags)
    except PackError as error:
        yield refused(error)
    except PatternError as error:
        yield Finding(over / "reading", 1, str(error))
    for page in sorted((over / "pages").rglob("*.html")):
        if not (_PAGES / page.relative_to(over / "pages")).is_file():
            yield Finding(page, 1, "no English page has this path")


def _tell_what_is_missing(over: Path) -> None:
    names = missing(_ENGLISH, over)
    for name in names:
        print(f"still in English: {name}")
    print(f"{len(names)} sentences are still in English." if names else "Every sentence is there.")
