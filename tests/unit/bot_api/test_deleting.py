"""What a bot may take out of a chat, and for how long."""

from telegram.error import BadRequest

GROUP = -1_009_000_000_001


def test_messages_from_both_sides_can_be_deleted_from_a_private_chat(colleague, ask):
    theirs = colleague.types("a name")
    own = ask(lambda bot: bot.send_message(7001, "Without names, please.")).message_id

    assert ask(lambda bot: bot.delete_message(7001, theirs))
    assert [seen.id for seen in colleague.sees] == [own]
    assert ask(lambda bot: bot.delete_message(7001, own))
    assert colleague.sees == ()


def test_a_message_is_deleted_once(colleague, ask, refused):
    number = colleague.types("a name")
    ask(lambda bot: bot.delete_message(7001, number))

    said = refused(BadRequest, lambda bot: bot.delete_message(7001, number))
    assert said == "Bad Request: message to delete not found"


def test_a_message_older_than_48_hours_stays(api, colleague, ask, refused):
    old = colleague.types("a name")
    api.passes(hours=47)
    younger = colleague.types("another name")
    api.passes(hours=2)

    said = refused(BadRequest, lambda bot: bot.delete_message(7001, old))
    assert said == "Bad Request: message can't be deleted for everyone"
    ask(lambda bot: bot.delete_message(7001, younger))
    assert [seen.id for seen in colleague.sees] == [old]


def test_in_a_group_only_rights_delete_what_others_wrote(api, colleague, ask, refused):
    room = api.room(GROUP, bot="member")
    theirs = colleague.types("a name", to=room)
    own = ask(lambda bot: bot.send_message(GROUP, "Not here, please.")).message_id

    for status in ("member", "administrator"):
        room.adds_the_bot(colleague, status)
        said = refused(BadRequest, lambda bot: bot.delete_message(GROUP, theirs))
        assert said == "Bad Request: message can't be deleted"
    ask(lambda bot: bot.delete_message(GROUP, own))
    room.adds_the_bot(colleague, "administrator", may_delete=True)
    ask(lambda bot: bot.delete_message(GROUP, theirs))

    assert {theirs, own} & {seen.id for seen in room.sees} == set()


def test_several_are_deleted_together_and_missing_ones_passed_over(colleague, ask):
    numbers = [colleague.types(str(number)) for number in range(3)]

    assert ask(lambda bot: bot.delete_messages(7001, [numbers[0], 9, numbers[2]]))
    assert [seen.id for seen in colleague.sees] == [numbers[1]]
    assert ask(lambda bot: bot.delete_messages(7001, [numbers[0]]))


def test_several_are_deleted_all_or_none(api, colleague, refused):
    old = colleague.types("old")
    api.passes(hours=49)
    new = colleague.types("new")

    said = refused(BadRequest, lambda bot: bot.delete_messages(7001, [new, old]))
    assert said == "Bad Request: message can't be deleted for everyone"
    assert [seen.id for seen in colleague.sees] == [old, new]


def test_at_most_a_hundred_are_deleted_at_once(colleague, refused):
    said = refused(BadRequest, lambda bot: bot.delete_messages(7001, list(range(1, 102))))
    assert said == "Bad Request: too many message identifiers specified"


def test_a_die_is_not_thrown_again(api, colleague, ask, refused):
    number = colleague.sends("dice")

    said = refused(BadRequest, lambda bot: bot.delete_message(7001, number))
    assert said == "Bad Request: message can't be deleted for everyone"
    api.passes(hours=25)
    assert ask(lambda bot: bot.delete_message(7001, number))


def test_nobody_deletes_in_a_chat_that_is_not_there(refused):
    assert refused(BadRequest, lambda bot: bot.delete_message(99, 1)) == "Bad Request: chat not found"
