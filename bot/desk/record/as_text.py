"""The record to keep as plain text: for an e-mail, a system that takes nothing else, or a reader's own size of type."""

from collections.abc import Iterator

from bot.desk.record.contents import Line, Part, Record


def as_text(record: Record) -> str:
    """Return the record with headings underlined; lines are not broken, so that any window can do it."""
    said = [record.title, "=" * len(record.title)]
    said += [record.practice] if record.practice else []
    said += record.lead
    for part in record.parts:
        said += ["", *_part(part)]
    return "\n".join([*said, "", record.foot, ""])


def _part(part: Part) -> Iterator[str]:
    yield part.heading
    yield "-" * len(part.heading)
    if part.when:
        yield part.when
    for line in part.lines:
        yield from _line(line)
    if part.copy:
        yield from ("", *part.copy.split("\n"))


def _line(line: Line) -> Iterator[str]:
    yield f"- {line.text}"
    yield from (f"    {one}" for one in line.under)
    if line.url:
        yield f"    {line.url}"
