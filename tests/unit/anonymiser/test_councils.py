"""A council is never taken for a child, however a DSL names it: the answer to the first question is one."""

from pathlib import Path

import pytest
import yaml

from bot.consultation import RawText
from bot.redactor import load_redactor
from bot.settings import ROOT

TABLE = yaml.load((ROOT / "tests/cases/councils.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def redactor():
    return load_redactor(Path(ROOT / "knowledge_base"))


@pytest.mark.parametrize("council", TABLE["councils"])
def test_a_council_is_kept_in_any_case(redactor, council: str) -> None:
    for way in TABLE["said"]:
        for written in (way.format(council=council), way.format(council=council.lower())):
            assert redactor.redact(RawText(written)).record == written
