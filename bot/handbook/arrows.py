"""Drawings of arrows (Mermaid), told as a list: it needs no script, and can be heard."""

import re

_DRAWING = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NODE = re.compile(r"(\w+)\s*(?:[\[({]+\"?(.*?)\"?[\])}]+)?")
_ARROW = re.compile(r"\s*-->(?:\|\"?(.*?)\"?\|)?\s*")


def without_drawings(text: str) -> str:
    """Return a page in which each drawing has become a list of its arrows."""
    return _DRAWING.sub(lambda drawing: _told(drawing[1]), text)


def _told(drawing: str) -> str:
    lines = [line.strip() for line in drawing.splitlines()]
    chains = [_ARROW.split(line) for line in lines if "-->" in line]
    boxes = [line for line in lines if line and "-->" not in line and not re.match(r"(flowchart|subgraph|end)\b", line)]
    called: dict[str, str] = {}
    for piece in (*boxes, *(node for chain in chains for node in chain[::2])):
        name, words = _NODE.match(piece.strip()).groups()  # type: ignore[union-attr]
        if words or name not in called:
            called[name] = re.sub(r"<br\s*/?>", " ", words or name)
    return "\n".join(_arrow(chain, place, called) for chain in chains for place in range(0, len(chain) - 2, 2))


def _arrow(chain: list[str], place: int, called: dict[str, str]) -> str:
    before, said, after = chain[place : place + 3]
    one, other = (called[_NODE.match(end.strip())[1]] for end in (before, after))  # type: ignore[index]
    carries = f" ({re.sub(r'<br */?>', ' ', said)})" if said else ""
    return f"- {one} → {other}{carries}"
