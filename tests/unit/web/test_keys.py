"""Shortcuts of the duty desk: one table, on the console's pages alone, that says all that the script can do."""

import re

from tests.unit.web.test_pages import SCRIPTS, TEMPLATES
from tests.unit.web.visitor import Visitor

TABLE = TEMPLATES["templates/console/keys.html"]
SCRIPT = SCRIPTS["keys.js"]
ROWS = re.findall(r'<tr data-act="(\w+)" data-keys="([^"]+)">(.*?)</tr>', TABLE)


def test_every_row_of_the_table_does_something_and_everything_has_a_row() -> None:
    acts = SCRIPT.split("const acts = {")[1].split("\n};")[0]
    can = set(re.findall(r"^  (\w+)[:,]", acts, re.MULTILINE))
    assert {act for act, _, _ in ROWS} == can
    assert len(can) == 8


def test_no_key_does_two_things_and_every_key_is_told_of() -> None:
    keys = [key for _, held, _ in ROWS for key in held.split()]
    assert len(keys) == len(set(keys)) > 8
    for _, held, row in ROWS:
        assert f"<kbd>{held.split()[0]}</kbd>" in row
        assert ("arrow" in row) == ("Arrow" in held)


def test_the_script_knows_no_key_and_no_word_by_itself() -> None:
    for _, held, _ in ROWS:
        for key in held.split():
            assert f'"{key}"' not in SCRIPT, "a key stands in the table alone"
    assert "textContent" not in SCRIPT, "words stand on the page"


def test_the_script_keeps_out_of_fields_and_can_be_turned_off() -> None:
    heard = SCRIPT.split('addEventListener("keydown"')[1]
    assert "event.target.closest?.(FIELDS)" in heard
    for field in ("input", "textarea", "select", "contenteditable"):
        assert field in SCRIPT.split("const FIELDS")[1].split("\n")[0]
    for held in ("ctrlKey", "altKey", "metaKey", "isComposing", "!on "):
        assert held in heard
    assert heard.index("FIELDS") < heard.index("keys.get"), "looked at before anything is done"
    assert "localStorage" in SCRIPT
    assert 'id="keys-off"' in TABLE


def test_what_the_script_looks_for_is_on_the_pages() -> None:
    pages = "".join(page for name, page in TEMPLATES.items() if "/console/" in name)
    named = set(re.findall(r'\$\("([\w-]+)"\)', SCRIPT))
    assert named >= {"keys", "keys-on", "keys-off", "keys-open", "next", "text", "closing", "reference"}
    there = set(re.findall(r'id="([\w-]+)"|fields\.text\("([\w-]+)"', pages))
    assert named <= {one for pair in there for one in pair}
    assert 'class="claim"' in pages
    assert 'class="queue govuk-table"' in pages


def test_shortcuts_are_for_the_desk_alone(worker: Visitor, case: str) -> None:
    for page in ("/duty/", case):
        shown = worker.get(page).text
        assert 'src="/static/keys.js"' in shown
        assert 'id="keys-open" hidden' in shown, "without a script there is nothing to show"
    consultation = case.rsplit("/case-", 1)[1]
    for page in ("/", f"/consultations/{consultation}", f"/consultations/{consultation}/outcome"):
        assert "keys.js" not in worker.get(page).text
    worker.post("/duty/sign-out")
    assert "keys.js" not in worker.get("/duty/sign-in").text
