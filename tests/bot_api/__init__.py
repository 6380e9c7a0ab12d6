"""A Bot API server of the tests' own: real HTTP on loopback, and the chats that people see behind it.

`server.py` is the door for tests: `BotApi`, whose `person(id)` types, edits, presses and looks, and whose `faults`
go wrong when told to. `answering.py` takes requests; `sending.py`, `deleting.py`, `profile.py` and `receiving.py` are
the methods; `webhook.py` posts updates. Answers are worded as the official server words them. `every_update.py` has
one example of each kind of update.

It is simpler than Telegram where nobody looks: only the methods in those rooms are served and every other is unknown;
MarkdownV2 has no quotes and no custom emoji; HTML is not read; an answer to a webhook calls no method; all that is
written in a room reaches the bot; a room's people have no rights of their own.
"""
