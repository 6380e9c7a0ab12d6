"""Web: the doors that people and Rasa come in by over HTTP.

Two apps with two cookies and two template folders: the DSL's widget at `/` and `/api`, the duty
worker's console at `/duty`. Beside them Rasa's door at `/rasa/webhook`, and `/livez` and `/readyz`.
What is typed becomes RawText here and goes straight to the house; redacted text comes back. Nothing
else of the project is known here but the house. May import: bot.desk, bot.consultation, the errors and partnerships of
bot.knowledge, the placeholders of bot.anonymiser, fastapi, rasa_sdk (its exceptions).
"""
