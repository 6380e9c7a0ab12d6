"""What is looked at again and again for a school's staff, wired to the database."""

from datetime import timedelta
from itertools import count

from bot.desk.staff.links import LinkKind
from bot.desk.watch import Watch
from bot.staff_wiring import staff_of, staff_rounds
from bot.storage import SqlRecords
from tests.factories import NOW, create_consultation, create_dsl

CHAT = "a" * 64


def a_desk(records: SqlRecords):
    drawn = count()
    return staff_of(records, Watch(), lambda top: next(drawn) // 3 % top, lambda name: name)


def test_links_that_are_over_are_ended(sql_records):
    records = sql_records()
    desk = a_desk(records)
    dsl = create_dsl(records)
    link = desk.link(desk.make_code(dsl, LinkKind.NOTICES, "", NOW, NOW.date()), CHAT, 4711, NOW)
    (tidy,) = staff_rounds(records, desk)
    assert tidy.look(NOW) == 0
    assert tidy.look(NOW + timedelta(days=1)) == 1
    assert records.times_noted("staff.lapsed", link.id) == 1


def test_where_notices_can_be_sent_those_that_are_due_are(sql_records):
    records, sent = sql_records(), []
    desk = a_desk(records)
    dsl = create_dsl(records)
    link = desk.link(desk.make_code(dsl, LinkKind.NOTICES, "", NOW), CHAT, 4711, NOW)
    cook = desk.link(desk.make_code(dsl, LinkKind.STAFF, "Cook", NOW), "b" * 64, 4712, NOW)
    create_consultation(records, cook.person, id="talk")
    desk.pass_on("talk", True, "", NOW)
    _, notices = staff_rounds(records, desk, lambda *notice: sent.append(notice))
    assert (notices.look(NOW), notices.look(NOW)) == (1, 0)
    ((link_id, once, words, blanks),) = sent
    assert (link_id, words, blanks) == (link.id, "utter_staff_notice_urgent", {})
    assert link.id in once
