"""Cards in words: what a terminal shows where a browser draws a table."""

from typing import Any


def as_text(card: dict[str, Any] | None) -> str:
    """Return a card as lines of plain text, or an empty string for none."""
    match card:
        case {"kind": "table"}:
            return "\n".join(_table(card))
        case {"kind": "sections"}:
            return "\n".join(_sections(card))
        case {"kind": "ticks"}:
            return "\n".join(_ticks(card))
    return ""


def _table(card: dict[str, Any]) -> list[str]:
    lines = _heading(card.get("title"))
    width = max((len(row["label"]) for row in card["rows"]), default=0)
    for row in card["rows"]:
        lines.append(f"  {row['label']:<{width}}  {row.get('value', '')}")
        lines += [f"  {'':<{width}}  “{words}”" for words in row.get("words") or ()]
    return lines


def _sections(card: dict[str, Any]) -> list[str]:
    lines = _heading(card.get("title"))
    if card.get("lead"):
        lines.append(card["lead"])
    for section in card.get("sections") or ():
        lines += ["", section["heading"]]
        lines += [f"  - {item['text']}{_from_where(item)}" for item in section["items"]]
    if card.get("copy"):
        lines += ["", *(f"  | {line}" for line in card["copy"].splitlines())]
    return lines


def _ticks(card: dict[str, Any]) -> list[str]:
    titles = (option["title"] for option in card.get("options") or ())
    return [*_heading(card.get("question")), *(f"  [ ] {title}" for title in titles)]


def _heading(title: str | None) -> list[str]:
    return [title] if title else []


def _from_where(item: dict[str, Any]) -> str:
    where = ", ".join(part for part in (item.get("source"), item.get("url")) if part)
    return f" ({where})" if where else ""
