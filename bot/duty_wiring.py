"""Duty wiring: the duty desk's part of the list of who gets what, and the DSL's record of it. `bot.wiring` calls it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from bot.alongside import Round
from bot.desk.answer import Redact
from bot.desk.consult import Counsel
from bot.desk.council import Council
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.board import Board
from bot.desk.duty.disagreeing import Disagreeing
from bot.desk.duty.notes import Notes
from bot.desk.duty.presence import STILL_HERE
from bot.desk.duty.rounds import Rounds
from bot.desk.duty.routing import Routing
from bot.desk.hand_over import DutyDesks
from bot.desk.house import House
from bot.desk.record import Keeping
from bot.desk.sentences import sentences
from bot.desk.silence import Silence
from bot.desk.watch import Watch
from bot.keeping import desk_settings
from bot.knowledge import closed_days
from bot.paper import Printing
from bot.settings import Settings
from bot.single_sign_on import Client, CouncilSignIn, Issuer
from bot.storage import CaseIndex, NotedHead, NoteShelf, SqlRecords, note_daily
from bot.web.record_pages import Records as RecordPages

SILENCE_SECONDS = 30.0
DESK_SECONDS = 30.0
HEADS_SECONDS = 600.0  # how often it is looked whether the day's head has been noted

COUNCIL_BACK = "/duty/sign-in/council/back"

type NewId = Callable[[], str]


def desks_of(root: Path, counsel: Counsel, records: SqlRecords, new_id: NewId, watch: Watch) -> DutyDesks:
    """Return the desks that answer here, with who has one open now."""

    def here(area: str, now: datetime) -> int:
        return records.how_many_here(area, now - STILL_HERE)

    settings_of: Callable[[str, date], object] = desk_settings(root, counsel.today())
    return DutyDesks(counsel, records.desks, closed_days(root), new_id, settings_of, here, watch)


def board_of(records: SqlRecords, desks: DutyDesks, watch: Watch) -> Board:
    """Return how the queues stand."""
    return Board(records, Routing(records, records, desks), watch)


def rounds_of(settings: Settings, records: SqlRecords, silence: Silence, desks: DutyDesks) -> tuple[Round, ...]:
    """Return what is looked at again and again while the house serves."""
    at_the_desks = Rounds(records, records, desks, sentences(desks.counsel))
    return (
        Round("silence", SILENCE_SECONDS, silence.look),
        Round("desk", DESK_SECONDS, at_the_desks.look),
        Round("audit_heads", HEADS_SECONDS, partial(note_daily, settings.audit_heads, partial(_settled_head, records))),
    )


def _settled_head(records: SqlRecords, now: datetime) -> NotedHead | None:
    """Return the end of the chain, once it is on the disk for good: a line waits for all that stand before it."""
    records.note("audit.head_noted", "service", "audit", now)
    return records.audit_head(now)


def disagreeing_of(house: House, records: SqlRecords, redact: Redact, new_id: NewId) -> Disagreeing:
    """Return the ladder's use-cases."""
    say = sentences(house.counsel)
    return Disagreeing(records, records, house.asking.desks, redact, say, house.watch, new_id)


def record_of(house: House, records: SqlRecords) -> RecordPages:
    """Return what makes records to keep and sets them on paper."""
    return RecordPages(Keeping(records, records, house.counsel), Printing())


def back_office_of(house: House, records: SqlRecords, redact: Redact, new_id: NewId) -> BackOffice:
    """Return what desks keep for themselves, on shelves that the house is not given."""
    notes = Notes(house.records, records.beside(NoteShelf), redact, new_id)
    cases = records.beside(CaseIndex)
    return BackOffice(house.records, notes, cases, house.counsel, house.asking.desks, house.emergency)


def council_of(
    settings: Settings,
    random_bytes: Callable[[int], bytes],
    is_first_use: Callable[[str, datetime], bool] = lambda state, now: True,
) -> Council | None:
    """Return the council's own sign-in, if the settings name one; an errand serves for its first use.

    Raises OSError where its secret cannot be read.
    """
    if not settings.oidc_issuer:
        return None
    file = settings.oidc_client_secret_file
    client = Client(
        id=settings.oidc_client_id,
        back=settings.public_url.rstrip("/") + COUNCIL_BACK,
        login_claim=settings.oidc_login_claim,
        secret=file.read_text(encoding="utf-8").strip() if file else "",
    )
    return CouncilSignIn(Issuer(settings.oidc_issuer), client, settings.session_key, random_bytes, is_first_use)
