"""What is sealed: nothing of it in the files, nothing opens in another place, and nothing after the key is gone."""

import secrets
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.consultation import Facts, Move
from bot.desk.case import AgreedAction, Owner
from bot.desk.duty.ladder import About, Disagreement, GoodPractice, LadderMove, LadderStep, Resolution
from bot.desk.duty.notes import CaseNote
from bot.desk.outbox import Errand, Outgoing
from bot.desk.ports import Button, Step, Utterance
from bot.desk.purging import Purging, Times
from bot.desk.staff.links import LinkKind, NewCode
from bot.storage import KeyGone, NoteShelf, NotOpened, OutboxShelf, SqlRecords, StaffShelf, make_engine
from bot.storage.engine import writing
from bot.storage.keys import newest
from bot.storage.sealed_columns import SEALED, Plain
from bot.storage.sealing import MARK, Cipher
from bot.storage.tables import CaseRow, MessageRow
from tests.duty_moves import answer, claim, settle
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import finds_nothing
from tests.keys import make_keys

DAY = timedelta(days=1)
CANARY = "canary"
COLUMNS = [(table, column) for table, sealing in SEALED.items() for column in sealing.columns]


@pytest.fixture
def records(sql_records) -> SqlRecords:
    """Records with something of every kind in them, about c1 and, less of it, c2 and c3."""
    records = sql_records()
    dsl, sam = create_dsl(records), create_worker(records)
    told = Facts(answers={"worry": f"{CANARY} in the facts"})
    for consultation in ("c1", "c2"):
        create_consultation(records, dsl, id=consultation, facts=told)
        records.add_incoming(consultation, "a", from_dsl(f"{CANARY} is hungry"), NOW)
        records.add_incoming(consultation, "b", from_dsl(f"{CANARY} is cold"), NOW)
        records.save_facts(consultation, Facts(answers={"worry": f"{CANARY} again"}), NOW)
        records.save_assessment(consultation, {"outcome": CANARY}, told, NOW)
        card = {"table": [CANARY]}
        said = Utterance("assistant", CANARY, (Button(CANARY, "/go"),), card)
        records.add_outgoing(consultation, [said], NOW, unless_held=True)
        records.keep_unsent(consultation, f"{CANARY} not sent", 9, NOW)
    claim(records, records.hand_over(make_case(dsl_reason=CANARY)).id, sam, NOW)
    records.step("case-1", Step(Move.RELEASE, sam, NOW, reason=CANARY))
    case = claim(records, "case-1", sam, NOW)
    outcome = {"outcome_level": "3", "outcome_reason": CANARY, "outcome_advice": CANARY, "referral_advised": False}
    agreed = (AgreedAction(CANARY, Owner.SCHOOL, NOW.date()),)
    settle(records, answer(records, replace(case, **outcome, actions=agreed), NOW), NOW)
    stage = LadderStep(1, "1", "you and the worker", NOW, None)
    records.open_disagreement(Disagreement("d1", "c1", "case-1", "kent", NOW, dsl.id, About.LEVEL, (stage,)))
    records.move_disagreement("d1", LadderMove(sam, NOW, 1, answer=CANARY))
    records.move_disagreement("d1", LadderMove(sam, NOW, 1, resolution=Resolution.KEPT, learning=CANARY))
    records.keep_good_practice(GoodPractice("g1", "c1", "kent", NOW, dsl.id, "dsl", CANARY))
    records.beside(NoteShelf).keep_note(CaseNote("n1", "c1", "case-1", NOW, sam.id, CANARY))
    staff = records.beside(StaffShelf)
    staff.keep_code("7K2M-9QXC", NewCode(LinkKind.STAFF, "Cook", dsl.id, NOW + DAY), NOW)
    records.link = staff.link_by_code("7K2M-9QXC", "chat", 4711, NOW + 9 * DAY, NOW)
    create_consultation(records, records.link.person, id="c3")
    staff.pass_on("c3", False, CANARY, NOW)
    # A link has a key of its own; here one of a consultation's stands for it.
    records.beside(OutboxShelf).put([Outgoing("c1", "1", Errand.SEND, {"text": CANARY})], NOW)
    return records


def change(engine: Engine, *statements: str) -> None:
    with writing(engine).begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount == 1


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


@on_sqlite
def test_no_byte_of_what_was_said_is_in_the_files_while_it_is_written_or_after(records, engine, tmp_path):
    assert repr(list(records.everything_opened())).count(CANARY) > 20, "there is nothing to be found"
    assert (tmp_path / "noname.db-wal").stat().st_size, "the journal was not looked at"
    assert CANARY.encode() not in everything(tmp_path)
    records.let_go()
    assert CANARY.encode() not in everything(tmp_path)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_sealed_column_is_sealed_wherever_it_holds_something(records, engine, table, column):
    with engine.connect() as connection:
        held = [value for (value,) in connection.execute(text(f"SELECT {column} FROM {table}")) if value is not None]
    assert held
    assert all(value.strip('"').startswith(MARK) for value in held)


def test_nothing_plain_can_be_written_even_by_who_forgot_to_seal_it(records):
    with pytest.raises(Plain) as refused, records._write() as session:
        session.add(MessageRow(consultation_id="c1", number=9, at=NOW, speaker="dsl", text=CANARY, buttons=[]))
    assert refused.value.args == ()
    with pytest.raises(Plain), records._write() as session:
        session.get_one(CaseRow, "case-1").dsl_reason = CANARY


def test_what_was_sealed_reads_as_it_was_written(records):
    assert records.consultation("c1").facts.answers["worry"] == f"{CANARY} again"
    first, *_, last = records.messages("c1")
    assert first.utterance.text == f"{CANARY} is hungry"
    assert (last.utterance.buttons, last.utterance.card) == ((Button(CANARY, "/go"),), {"table": [CANARY]})
    assert records.messages("c1")[1].utterance.card is None
    assert records.latest_assessment("c1") == {"outcome": CANARY}
    assert records.case("case-1").outcome_advice == CANARY
    assert records.not_opening() == ()
    assert records.keys_of_nobody() == frozenset()


SWAPS = {
    "two messages of one consultation": (
        "messages", "text", "consultation_id = 'c1' AND number = 1", "consultation_id = 'c1' AND number = 2"
    ),
    "messages of two consultations": (
        "messages", "text", "consultation_id = 'c1' AND number = 1", "consultation_id = 'c2' AND number = 1"
    ),
    "facts of two consultations": ("consultations", "facts", "id = 'c1'", "id = 'c2'"),
    "assessments of two": ("assessments", "result", "consultation_id = 'c1'", "consultation_id = 'c2'"),
}  # fmt: skip


@pytest.mark.parametrize("swap", SWAPS)
def test_two_values_that_change_places_do_not_open(records, engine, swap):
    table, column, one, other = SWAPS[swap]
    with engine.connect() as connection:
        held = f"SELECT CAST({column} AS TEXT) FROM {table}"
        first, second = (connection.scalar(text(f"{held} WHERE {row}")) for row in (one, other))
    change(
        engine,
        f"UPDATE {table} SET {column} = '{second}' WHERE {one}",
        f"UPDATE {table} SET {column} = '{first}' WHERE {other}",
    )
    with pytest.raises(NotOpened):
        list(records.everything_opened())


def test_two_columns_of_a_row_that_change_places_do_not_open(records, engine):
    change(engine, "UPDATE cases SET outcome_reason = outcome_advice")
    with pytest.raises(NotOpened):
        records.case("case-1")


@pytest.mark.parametrize("put", ["plain words", "a1:", "a1:AAAA", "a1:not base 64", ""])
def test_what_somebody_else_put_there_does_not_open(records, engine, put):
    change(engine, f"UPDATE messages SET text = '{put}' WHERE consultation_id = 'c1' AND number = 1")
    with pytest.raises(NotOpened) as refused:
        records.messages("c1")
    assert refused.value.args == ()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_wrong_key_is_refused_and_quotes_nothing():
    right, wrong = (Cipher(bytes([n]) * 32, secrets.token_bytes) for n in (1, 2))
    sealed = right.seal_value("messages.text", CANARY)
    with pytest.raises(NotOpened) as refused:
        wrong.open_value("messages.text", sealed)
    assert refused.value.args == ()
    assert CANARY not in repr(right)
    assert right.open_value("messages.text", sealed) == CANARY


def test_the_same_words_are_never_sealed_alike():
    cipher = Cipher(bytes(32), secrets.token_bytes)
    assert len({cipher.seal_value("messages.text", CANARY) for _ in range(100)}) == 100


@on_sqlite
def test_a_kept_copy_of_the_records_opens_nothing_after_the_purge(records, engine, keys, tmp_path, masters):
    records.let_go()
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(tmp_path / "noname.db", old / "noname.db")
    tracker = type("Nothing", (), {"consultations": lambda self: frozenset()})()
    gone = Purging(records, tracker, Times(silence=DAY, keep=DAY)).purge(NOW + 9 * DAY)
    assert {one.subject for one in gone if one.subject} == {"c1", "c2", "c3"}
    assert keys.consultations() == {records.link.id}, "a link is no consultation, and has its own end"
    keys.let_go()
    again = make_keys(tmp_path, masters)
    copy = SqlRecords(
        make_engine(f"sqlite:///{old / 'noname.db'}"),
        pepper="a pepper that is long enough",
        keys=again,
        scan=finds_nothing,
        new_id=lambda: "",
    )
    for read in (copy.messages, copy.consultation, copy.case_of, copy.latest_assessment, copy.facts_history):
        with pytest.raises(KeyGone):
            read("c1")
    assert copy.not_opening() == ("c1", "c2", "c3")
    copy.let_go()


@on_sqlite
def test_the_keys_file_keeps_no_byte_of_a_key_that_is_gone(keys, tmp_path):
    keys.make("the-one")
    with keys._reading.connect() as connection:
        (wrapped,) = connection.execute(text("SELECT wrapped FROM consultation_keys")).one()
    assert wrapped.encode() in everything(tmp_path)
    keys.forget("the-one")
    assert wrapped[10:].encode() not in everything(tmp_path)


def full_disk(*_: object) -> None:
    raise OSError


def test_a_purge_that_breaks_off_after_the_key_is_finished_by_the_next(records, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(records, "_append", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            records.delete_consultation("c2", NOW)
    with pytest.raises(KeyGone):
        records.messages("c2")
    records.delete_consultation("c2", NOW)
    assert records.consultation("c2") is None
    assert records.messages("c1")


def test_no_key_is_drawn_for_what_has_lost_its_own(records, keys):
    keys.forget("c1")
    with pytest.raises(KeyGone):
        records.add_incoming("c1", "z", from_dsl("hello"), NOW)
    assert keys.consultations() == {"c2", "c3", records.link.id}


def test_a_rotation_that_was_killed_half_way_goes_on_and_everything_opens_all_along(tmp_path, masters):
    keys = make_keys(tmp_path, masters)
    sealed = {}
    for number in range(250):
        keys.make(f"r{number}")
        sealed[f"r{number}"] = keys.seal(f"r{number}", "messages.text", number)
    masters["2"] = "another master, drawn later"
    begun = keys.rewrap("2")
    assert next(begun) == 150
    begun.close()  # killed here
    after = make_keys(tmp_path, masters)
    assert after.sealed_by_others("2") == 150
    assert [after.open(of, "messages.text", value) for of, value in sealed.items()] == list(range(250))
    assert list(after.rewrap("2")) == [50, 0]
    assert list(after.rewrap("2")) == []
    del masters["1"]
    last = make_keys(tmp_path, masters)
    assert [last.open(of, "messages.text", value) for of, value in sealed.items()] == list(range(250))
    for one in (keys, after, last):
        one.let_go()


def test_a_service_that_runs_meanwhile_needs_no_restart(tmp_path, masters):
    service, command = make_keys(tmp_path, masters), make_keys(tmp_path, masters)
    service.make("before")
    masters["2"] = "another master, drawn later"
    assert newest(masters) == "2"
    list(command.rewrap("2"))
    sealed = service.seal("before", "messages.text", "hello")
    service.make("since")
    assert command.sealed_by_others("2") == 0, "what is new is sealed by the newest"
    assert command.open("before", "messages.text", sealed) == "hello"
    service.let_go()
    command.let_go()


def test_without_its_master_a_key_opens_nothing_and_the_error_says_nothing(tmp_path):
    keys = make_keys(tmp_path, {"1": "a master that is long enough"})
    keys.make("c1")
    sealed = keys.seal("c1", "messages.text", CANARY)
    keys.let_go()
    for masters in ({"1": "a master that is another one"}, {"7": "a master that is long enough"}):
        other = make_keys(tmp_path, masters)
        with pytest.raises(NotOpened) as refused:
            other.open("c1", "messages.text", sealed)
        assert refused.value.args == ()
        other.let_go()
