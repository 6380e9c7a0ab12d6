"""The record to keep: what a DSL takes away from a consultation, without a name, and what the desk sees of that.

`keeping` is the use-case and asks whose consultation it is. `kept` gathers what the records hold: decisions as they
were made at the time, cards as they were shown, answers of the desk, disagreements. `telling` turns that into a
`Record` (`contents`), which is plain text in headed parts, and `as_text` writes it down without any mark-up. Pages and
paper are made from the same `Record` elsewhere. Nothing is assessed here, and nothing is read that is not kept.
"""

from bot.desk.record.as_text import as_text
from bot.desk.record.contents import Line, Part, Record
from bot.desk.record.keeping import Keeping

__all__ = ["Keeping", "Line", "Part", "Record", "as_text"]
