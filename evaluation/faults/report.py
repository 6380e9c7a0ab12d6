"""The section of RESULTS.md: which processes were killed, how often, and what became of what people had been told."""

from collections.abc import Mapping
from typing import Any

from evaluation.results import table

ABOUT = (
    "A whole house as `./noname up` runs it: the service, Rasa under its keeper, the press for each paper, "
    "everything that belongs to them and nothing invented. DSLs describe worries with identifiers in them, ask "
    "for a person and go on; a duty worker claims and replies; all of it over HTTP, each message with an id that "
    "stays until it is answered for. Meanwhile one process at a time is killed (SIGKILL) at a random moment, "
    "while it starts too. The service is started again by a supervisor, Rasa by the service. At the end every "
    "talk is compared with the database, and with what a fresh page shows, and every file that the house wrote is "
    "searched. Seed {seed}; {seconds:.0f} s."
)
_WORDS = {
    "lost": "acknowledged messages lost",
    "doubled": "messages doubled",
    "out_of_order": "messages out of order",
    "missing": "numbers left out",
    "over_a_person": "words of the assistant after a person had claimed",
    "silent": "messages to the assistant acknowledged without an answer",
    "differing": "fresh pages that show something else than the database",
    "broken_seals": "broken audit chains",
    "identifiers": "identifiers found",
}


def report(counted: Mapping[str, Any]) -> str:
    """Return the section for RESULTS.md."""
    kills = counted["kills"]
    rows = [
        ("kills", sum(kills.values())),
        *((f"of these: {process}", count) for process, count in sorted(kills.items())),
        ("consultations", counted["talks"]),
        ("of these claimed by a person", counted["claimed"]),
        ("messages acknowledged", counted["messages"]),
        ("papers made", counted["papers"]),
        ("requests whose answer never came", counted["cut"]),
        ("files searched for identifiers", counted["searched"]),
        *((words, counted["found"][name]) for name, words in _WORDS.items()),
    ]
    return "\n\n".join([ABOUT.format(**counted), table(("figure", "value"), rows)])
