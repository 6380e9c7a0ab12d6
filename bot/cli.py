"""The command line. Every command imports what it needs when it runs, so that the small ones start fast."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

# command: (module of bot.commands, what it does)
COMMANDS = {
    "up": ("up", "make what is missing, then serve"),
    "prepare": ("prepare", "make what several processes need before they start, once"),
    "web": ("web", "start one of several web processes"),
    "dialogue": ("dialogue", "start one of several Rasas"),
    "test": ("test", "train if needed, then check the code and run the whole suite"),
    "redact": ("redact", 'take identifiers out of {"text"} lines'),
    "read": ("read", 'find the concerns in {"text"} lines'),
    "teach": ("teach", "teach the sentence model from its examples"),
    "act": ("act", 'name the dialogue act of {"text"} lines'),
    "assess": ("assess", 'assess {"area", "text" and/or "facts"} lines'),
    "chat": ("chat", "hold a consultation in the terminal"),
    "codes": ("codes", "show how to sign in to the demo"),
    "user": ("user", "add colleagues at the council, list them, and take their sign-in away"),
    "school": ("school", "add schools, give their people access codes, and revoke them"),
    "packs": ("packs", "check the knowledge base, or show one area's"),
    "languages": ("languages", "list languages, or say what is missing or wrong in one"),
    "bench": ("bench", "measure starts, turns and memory"),
    "look": ("look", "leave pictures of every state of every page in a folder"),
    "docs": ("docs", "make the documents into a site to read, in a folder; or renew the tutorial's pictures"),
    "evaluate": ("evaluate", "measure redaction, reading and acts; write RESULTS.md"),
    "audit": ("audit", "verify the audit chain, or note where it ends"),
    "report": ("report", "make the annual report of an area, or of all, in a folder"),
    "papers": ("papers", "write a council's papers, and the review pack, from what runs"),
    "keys": ("keys", "give all keys a new master, or say whether everything opens"),
    "hold": ("hold", "keep a consultation past its time, or lift that"),
    "purge": ("purge", "let go of what need not be kept any longer"),
    "backup": ("backup", "copy the records into a folder, and keys and secrets into others"),
    "restore": ("restore", "make a house from its backups, where there is none"),
    "sbom": ("sbom", "write down every part that the house is built from (CycloneDX)"),
    "doctor": ("doctor", "say what is in order here and what is not"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser("noname", description="No-name safeguarding consultations.")
    parser.add_argument("command", choices=COMMANDS, metavar="command", help=", ".join(COMMANDS))
    name = parser.parse_args(given[:1]).command
    module_name, does = COMMANDS[name]
    module = importlib.import_module(f"bot.commands.{module_name}")
    own = argparse.ArgumentParser(f"noname {name}", description=does)
    module.add_arguments(own)
    options, rest = own.parse_known_args(given[1:])
    if rest and not getattr(module, "PASSES_ON", False):
        own.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        return module.run(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain at exit when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        sentence = _one_line(problem)
        if sentence is None:
            raise
        print(f"noname {name}: {sentence}", file=sys.stderr)
        return 1


def _one_line(problem: Exception) -> str | None:
    """Return one line for what a person can mend, or None for what is a fault of ours."""
    match type(problem).__name__, problem:
        case "CannotRun" | "BadSetting" | "PackError" | "NotInForce", _:
            return str(problem)
        case "NotReached", said:
            return f"a database does not answer ({said}). docs/POSTGRESQL.md says what it needs."
        case "PortInUse", _:
            return f"{problem} is in use by another program. Choose another with --port."
        case "AlreadyRunning", _:
            return f"this house runs already ({problem}). Stop it, or give another folder with --var."
        case "RasaNotInstalled", _:
            return "Rasa's room is missing; `./noname up` makes it."
        case "SentenceModelUnusable", said:
            return f"{said}. Check it out again, or delete .venv/service and run the command again."
        case "FrontEndNotMade" | "PackagesNotMade", said:
            return f"the pages could not be made. {said}. Check the network and run the command again."
        case "TrainingFailed", _:
            return f"the dialogue could not be trained; {problem} says why."
        case "ServiceDidNotStart", _:
            return "the service ended while it started; what it said stands above."
        case _, OSError(errno=28):
            return "the disk is full."
        case _, PermissionError(filename=file):
            return f"this account may not write {file}."
    return None


if __name__ == "__main__":
    sys.exit(main())
