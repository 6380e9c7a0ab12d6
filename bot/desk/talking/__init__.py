"""The talk as its DSL sees it beside the words: where in the questions it is, what is understood so far, what was typed
and not sent, and whether the reference is kept. Everything is told from the records, never from the dialogue.
"""
