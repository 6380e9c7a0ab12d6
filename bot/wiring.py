"""Wiring: the one place that knows everybody. Reads as a list of who gets what.

Nothing happens when this is imported; `build` opens the database and loads the knowledge.
"""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from actions.running import runner
from bot import anonymiser, sentence_model
from bot.alongside import alongside
from bot.consultation import RawText, Redaction
from bot.desk.answer import Redact
from bot.desk.answers import AnswerReader
from bot.desk.at_hand import AtHand, PassOn
from bot.desk.consult import Counsel
from bot.desk.duty.asking import Asking
from bot.desk.duty.desk import DutyDesk
from bot.desk.editing import Editing
from bot.desk.gathering import Gathering
from bot.desk.hand_over import DutyDesks
from bot.desk.hearing import hearing
from bot.desk.house import House
from bot.desk.packs_in_force import PacksInForce
from bot.desk.sentences import sentences
from bot.desk.silence import Silence
from bot.desk.talking.desk import talk_desk
from bot.dialogue.short_memory import ShortMemory
from bot.duty_wiring import back_office_of, board_of, council_of, desks_of, disagreeing_of, record_of, rounds_of
from bot.gauges import CountedReception, CountedSignIn, TimedDialogue, TimedRedaction, timed_actions
from bot.keeping import desk_settings, purging_of
from bot.knowledge import Wording, areas, load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing, load_answer_words
from bot.knowledge.bundle import bundle_of, content_of
from bot.knowledge.model import National, Pack
from bot.knowledge.national import FLOOR
from bot.knowledge.partnership import load_partnerships
from bot.knowledge.practice import load_practice
from bot.knowledge.spelling import reading_spelling
from bot.knowledge.translation import with_patterns_of, with_words_of
from bot.lead_kit import open_kits
from bot.masters import keys_of
from bot.reading import Reader
from bot.reading.remembering import Remembering
from bot.redactor import Redactor, danger_signs, load_redactor
from bot.running_wiring import gauges_of, upkeep_of
from bot.scrutiny_wiring import scrutiny_behind
from bot.settings import Settings
from bot.several_wiring import Shared, shared_of
from bot.staff_wiring import staff_of, staff_rounds
from bot.storage import Scan, SqlRecords, Strict, Tracker, make_engine
from bot.telegram.service import Telegram
from bot.telegram_wiring import beside as beside_with
from bot.telegram_wiring import door_of, telegram_of
from bot.web.app import create_app
from bot.web.framing import Framing
from bot.web.upkeep import Upkeep

PREVIEW_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Built:
    """A house and its doors, ready to serve."""

    house: House
    records: SqlRecords
    app: Any
    silence: Silence


def clock() -> datetime:
    """Return the present, with its zone."""
    return datetime.now(UTC)


def records_of(settings: Settings, national: National, scan: Scan, strict: Strict | None = None) -> SqlRecords:
    """Return the records of the settings' database."""
    vocabulary = {value for question in national.questions.values() for value in question.options}
    return SqlRecords(
        make_engine(settings.database_url),
        pepper=settings.pepper,
        keys=keys_of(settings),
        scan=scan,
        new_id=_new_id,
        vocabulary=vocabulary,
        strict=strict,
    )


def build(settings: Settings, now: Callable[[], datetime] = clock) -> Built:
    """Return the house as the settings describe it."""
    root = settings.root / "knowledge_base"
    national, model, over = load_national(root, now().date()), sentence_model.load(), settings.translation
    wording = Wording(settings.root / "nlu_data" / "responses", over / "responses" if over else None)
    reader, gauges = _reader(root, over, national, model), gauges_of(_slugs(root))
    gathering = Gathering(Remembering(reader, secrets.token_bytes(32)), national)
    redactor = Redactor(partial(load_redactor, root, danger_signs(reader, gathering.is_flagging)), time.monotonic)
    look = anonymiser.SecondLook(redactor, secrets.token_bytes(32))
    records, tracker = records_of(settings, national, look, look.record_of), Tracker(settings.tracker_url)
    shared = shared_of(settings, records, now)
    dialogue = ShortMemory(TimedDialogue(gauges, shared.rasa), tracker, shared.turns, shared.in_doubt)
    in_force = PacksInForce(records, root, settings.var / "knowledge", shared.revisions_are_old)
    packs = _kept_for_replay(in_force, national, records)
    counsel = _with_packs_read(Counsel(records, gathering, national, packs, wording, now, _slugs(root)), root)
    in_time = TimedRedaction(gauges, redactor, look_again=look)
    redact, watch = partial(_redact, in_time, counsel), shared.watch
    desks = desks_of(root, counsel, records, _new_id, watch)
    staff = staff_of(records, watch, secrets.randbelow, wording.say, settings.telegram)
    parts = (records, in_time, reader, dialogue, counsel, _new_memory, _preview(redactor), shared.turns, shared.untold)
    reception, at_hand = CountedReception(gauges, *parts), _at_hand(root, over, counsel, desks, staff.pass_on)
    board = board_of(records, desks, watch)
    house = House(
        records=records, reception=reception,
        sign_ins=CountedSignIn(gauges, records, secrets.token_bytes),
        counsel=counsel, anonymiser=in_time, dialogue=dialogue,
        run_action=timed_actions(gauges, runner(at_hand)),
        hear=hearing(model.acts), watch=watch,
        random_below=secrets.randbelow, new_id=_new_id,
        editing=Editing(records, in_force, wording, _new_id),
        asking=Asking(records, desks, sentences(counsel), dialogue, watch, board),
        duty=DutyDesk(records, records, counsel, dialogue, watch, redact, board),
        staff=staff, talk=talk_desk(counsel, at_hand.answers, reception, watch),
    )
    silence = Silence(records, counsel, timedelta(minutes=settings.silence_minutes))
    telegram = telegram_of(settings, house, records, now, turns=shared.turns)
    upkeep = upkeep_of(settings, house, records, gauges, now, shared.looks, shared.warnings)
    beside = shared.beside(_beside(house, settings, tracker, silence, now, telegram))
    app = _app(house, settings, packs, now, beside, dialogue.close, redact, telegram, upkeep, shared)
    return Built(house, records, app, silence)


def _beside(
    house: House,
    settings: Settings,
    tracker: Tracker,
    silence: Silence,
    now: Callable[[], datetime],
    telegram: Telegram | None,
) -> Callable[[], Awaitable[None]]:
    """Return what runs while the house serves."""
    records, today = house.records, house.counsel.today
    settings_of = desk_settings(settings.root / "knowledge_base", today())
    purging = purging_of(settings, records, tracker, settings_of, today)
    rounds = rounds_of(settings, records, silence, house.asking.desks)
    rounds += staff_rounds(records, house.staff, telegram.notice if telegram else None)
    return beside_with(partial(alongside, purging, house.dialogue, house.watch, now, rounds), telegram)


def _app(
    house: House,
    settings: Settings,
    packs: Callable[[str, date], Pack],
    now: Callable[[], datetime],
    alongside: Callable[[], Awaitable[None]],
    at_the_end: Callable[[], Awaitable[None]],
    redact: Redact,
    telegram: Telegram | None,
    upkeep: Upkeep,
    shared: Shared,
) -> Any:
    """Return the doors of a house, with what runs beside them and what lets go of things in the end."""
    say = house.counsel.wording.say
    return create_app(
        house,
        say,
        clock=now,
        base_url=settings.public_url,
        rasa_token=settings.action_token,
        alongside=alongside,
        at_the_end=shared.at_the_end(at_the_end),
        back_office=back_office_of(house, house.records, redact, _new_id),
        kits=open_kits(settings.root / "knowledge_base", packs, say, _new_id),
        disagreeing=disagreeing_of(house, house.records, redact, _new_id),
        record=record_of(house, house.records),
        **scrutiny_behind(settings, house, house.records, _new_id),
        council=council_of(settings, secrets.token_bytes, shared.is_first_use),
        telegram=door_of(telegram),
        pages=settings.translation / "pages" if settings.translation else None,
        framing=Framing(load_partnerships(settings.root / "knowledge_base"), settings.public_url),
        upkeep=upkeep,
        typing=shared.typing,
    )


def _slugs(root: Path) -> tuple[str, ...]:
    return tuple(area.slug for area in areas(root))


def _with_packs_read(counsel: Counsel, root: Path) -> Counsel:
    """Return counsel that has read every pack, the national floor's too, and the practice cases: nobody waits later."""
    counsel.pack_of(FLOOR, counsel.today())
    counsel.places()
    return replace(counsel, practice=load_practice(root, counsel.national, counsel.today()))


def _kept_for_replay(in_force: PacksInForce, national: National, records: SqlRecords) -> Callable[[str, date], Pack]:
    """Return packs, each kept before the first decision by it is made, so that it can be worked out again."""

    @lru_cache(maxsize=256)
    def keep(version: str, root: Path, area: str) -> None:
        records.keep_pack(content_of(version), bundle_of(root, area))

    def pack_of(area: str, on: date) -> Pack:
        pack, read_from = in_force.pack_and_root(area, on)
        keep(f"{pack.version}/{national.version}", read_from, pack.area)
        return pack

    return pack_of


def _reader(root: Path, over: Path | None, national: National, model: sentence_model.SentenceModel) -> Reader:
    patterns, said = _patterns(root, over, national), answers_in_passing(root)
    return Reader(national.indicators, patterns, national.red_flags, reading_spelling(root), said, model.likely)


def _patterns(root: Path, over: Path | None, national: National) -> Mapping[str, tuple[str, ...]]:
    patterns = reading_patterns(root)
    return with_patterns_of(patterns, over / "reading", national.indicators) if over else patterns


async def _redact(by: anonymiser.InTime, counsel: Counsel, typed: RawText) -> Redaction:
    return await by.redact(typed, on=counsel.today())


def _at_hand(root: Path, over: Path | None, counsel: Counsel, desks: DutyDesks, pass_on: PassOn) -> AtHand:
    words = load_answer_words(root)
    words = with_words_of(words, over / "answers.yml") if over else words
    return AtHand(counsel, AnswerReader(words, counsel.national.questions), desks, pass_on)


def _preview(redactor: Redactor) -> anonymiser.InTime:
    return anonymiser.InTime(redactor, seconds=PREVIEW_SECONDS, at_once=1)


def _new_memory() -> anonymiser.Memory:
    return anonymiser.Memory(secrets.token_bytes(32))


def _new_id() -> str:
    return uuid4().hex
