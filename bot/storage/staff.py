"""A school's staff: links, what was passed on and notices in one piece, as the desk's ports describe them.

A shelf of its own beside the records: what shows a consultation to a duty desk has no way to it.
"""

from bot.storage.staff_links import LinkShelf
from bot.storage.staff_notices import NoticeShelf
from bot.storage.staff_passing import PassedOnShelf


class StaffShelf(LinkShelf, PassedOnShelf, NoticeShelf):
    """Satisfies `bot.desk.staff.desk.StaffRecords` and `bot.desk.staff.notices.NoticeRecords`."""
