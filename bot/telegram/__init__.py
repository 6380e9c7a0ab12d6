"""Telegram: a door for a school's staff, whose phones are where they write.

Takes in updates, by polling or by webhook, and lets a linked chat talk to the same house as the web does: same
anonymiser, same dialogue, same records. What is said back goes through the outbox, so that nobody waits for Telegram
and nothing is said twice. Telegram's servers see what is typed before we do; what pointed to a child is deleted there
where that is allowed. May import: bot.web's forms of what leaves the house, bot.desk, bot.consultation, the errors of
bot.anonymiser and bot.knowledge, telegram (python-telegram-bot).
"""
