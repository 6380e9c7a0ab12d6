"""A language nobody speaks, made of the English sentences when a test runs: `zz` before every one."""

from pathlib import Path
from typing import Any

import yaml

LEFT_OUT = frozenset(["utter_thanks"])


def said(english: str) -> str:
    """Return an English sentence in the invented language. Its blanks stay."""
    return f"zz {english}"


def write(responses: Path, to: Path) -> None:
    """Write the whole language into a folder, with LEFT_OUT left out."""
    (to / "responses").mkdir(parents=True)
    for file in sorted(responses.rglob("*.yml")):
        held = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"]
        other = {name: [_variation(those[0])] for name, those in held.items() if name not in LEFT_OUT}
        (to / "responses" / file.name).write_text(yaml.safe_dump({"responses": other}), "utf-8")
    (to / "nlu").mkdir()
    (to / "nlu" / "thanks.yml").write_text(
        "version: '3.1'\nnlu:\n- intent: thank\n  examples: |\n    - purple kettle\n    - purple kettle then\n",
        "utf-8",
    )
    (to / "answers.yml").write_text('"yes": [ydwzz]\nquestions: {trend: {worse: [gwaethzz]}}\n', "utf-8")
    (to / "reading").mkdir()
    (to / "reading" / "neglect.yml").write_text("category: neglect\npatterns:\n  hungry: [newynzz]\n", "utf-8")
    (to / "pages" / "shared").mkdir(parents=True)
    (to / "pages" / "shared" / "problem.html").write_text("<p>zz</p>", "utf-8")


def _variation(english: dict[str, Any]) -> dict[str, Any]:
    other: dict[str, Any] = {"text": said(english["text"])} if "text" in english else {}
    if "buttons" in english:
        other["buttons"] = [{"title": said(b["title"]), "payload": b["payload"]} for b in english["buttons"]]
    return other
