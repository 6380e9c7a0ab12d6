"""Commands: one module each, with `add_arguments(parser)` and `run(options)`.

A door: it reads arguments and standard input, knows what day it is, and prints. What it finds out it
asks of the rooms below. May import: everything of ours.
"""


class CannotRun(Exception):
    """Tried a command that cannot run here; the message is one line that says what to do."""
