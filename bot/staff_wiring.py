"""Staff wiring: the staff desk's part of the list of who gets what. `bot.wiring` calls it."""

from collections.abc import Callable

from bot.alongside import Round
from bot.desk.staff.desk import StaffDesk
from bot.desk.staff.notices import Notices, Send
from bot.desk.watch import Watch
from bot.settings_of_others import TelegramSettings
from bot.storage import SqlRecords, StaffShelf

TIDY_SECONDS = 600.0
NOTICE_SECONDS = 10.0


def staff_of(
    records: SqlRecords,
    watch: Watch,
    random_below: Callable[[int], int],
    say: Callable[..., str],
    telegram: TelegramSettings | None = None,
) -> StaffDesk:
    """Return the staff desk, with a shelf that the records know nothing of."""
    bot = telegram.name if telegram else None
    return StaffDesk(records, records.beside(StaffShelf), watch, random_below, say("utter_ask_worry"), bot)


def staff_rounds(records: SqlRecords, staff: StaffDesk, send: Send | None = None) -> tuple[Round, ...]:
    """Return what is looked at again and again: links that are over and, where notices can be sent, those due."""
    tidy = Round("staff_links", TIDY_SECONDS, staff.tidy)
    if send is None:
        return (tidy,)
    return tidy, Round("staff_notices", NOTICE_SECONDS, Notices(records.beside(StaffShelf), send).look)
