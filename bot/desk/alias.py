"""The alias: what a school alone can tell of a child, heard at the door and let go there as a mark.

While the assistant asks for it, a short text is an alias, no alias at all, or something else that was said. It
is heard as something else whenever it may be: what a DSL says of a child is never lost to this question.
"""

import re
import unicodedata
from datetime import datetime

from bot.consultation import Reading, RedactedText, Redaction, Stage
from bot.desk.incoming import Incoming, Refusal
from bot.desk.payloads import payload
from bot.desk.ports import Consultation, Records
from bot.knowledge.wording import Wording
from bot.reading import Reader

QUESTION = "school_alias"
GIVEN, NONE = "given", "none"
NOT_AN_ALIAS = "utter_refused_alias"
# What was pressed to have no alias: at the question, and beside the consultations that were found by one.
UNLINKING = (payload("answer", {QUESTION: NONE}), payload("change_answer", {"question": QUESTION}))

LONGEST = 30  # characters of an alias
_MOST_WORDS = 3
_APART = re.compile(r"[\s_.,;:!-]+")
# Words, of which one is long enough to be no initials, and a number that is too short for a date of birth.
_ALIAS = re.compile(r"(?=.*[^\W\d_]{4})(?:[^\W\d_]+[\s_-]*){1,2}\d{1,4}")
# Said of having none: the dialogue might hear "not now" as a wish to stop.
_HAVE_NONE = frozenset(
    ("not now", "not yet", "no", "nope", "none", "no thanks", "no thank you", "no alias", "skip", "skip this", "pass",
     "we dont have one", "dont have one", "there isnt one", "we dont use them", "we dont use aliases")
)  # fmt: skip
_EMERGENCY = frozenset({"999", "112", "111", "101"})
# No alias needs one of these, and much that is said at this question, or of a child, does.
_EVERYDAY = frozenset(
    "yes yeah yep no nope nah none not never nothing dont cant wont isnt doesnt didnt hasnt havent idk "
    "i im ive me my we us our you your he hes him his she shes her they theyre them their it its this that these "
    "those there who what whats why how when where which is are was were be been am do does did has have had can "
    "could will would should and or but if of in on at to for with from about by as up out off over again still just "
    "only also very really more mum mam mummy mother mums dad daddy father dads parent parents brother sister sibling "
    "nan gran grandma grandad uncle aunt stepdad stepmum carer boyfriend girlfriend partner boy girl baby teacher "
    "help stop wait skip pass later now today tonight yesterday tomorrow pause quit exit back next continue start "
    "hello hi hey thanks thank ok okay please sorry unsure maybe person human someone anyone somebody call ring rang "
    "ringing phone urgent emergency police ambulance danger age aged year yr years old month months week weeks day "
    "days time times half reception nursery".split()
)


def is_asked(records: Records, consultation: Consultation) -> bool:
    """Say whether the assistant's last words ask for the alias, so that what is typed next may be one."""
    held = records.consultation(consultation.id)
    if held is None or held.stage not in (Stage.WITH_ASSISTANT, Stage.OFFERED) or held.practice:
        return False
    messages = reversed(records.messages(consultation.id))
    last = next((m.utterance for m in messages if m.utterance.speaker == "assistant"), None)
    return last is not None and any(_same(button.payload, UNLINKING[0]) for button in last.buttons)


def may_be_one(length: int) -> bool:
    """Say whether a text of so many characters may be an alias."""
    return length <= LONGEST


def given(redaction: Redaction, reader: Reader, wording: Wording) -> Incoming | None:
    """Return the message that stands for an alias in the record, or says that there is none; else None.

    Raises Refusal for what could be an alias and may not be one: a name, initials, a date, a word alone.
    """
    text = unicodedata.normalize("NFKC", redaction.text).strip()
    words = [word for word in _APART.split(text.casefold().replace("'", "").replace("’", "")) if word]
    if " ".join(words) in _HAVE_NONE:
        return Incoming(redaction.record, payload("answer", {QUESTION: NONE}), redaction.text)
    if "?" in text or len(words) > _MOST_WORDS or not _EVERYDAY.isdisjoint(words):
        return None
    if redaction.unheard or _says_something(reader.read(redaction.text)):
        return None
    taken_out = redaction.findings or redaction.left_out
    if not taken_out and _ALIAS.fullmatch(text) and _EMERGENCY.isdisjoint(words):
        said = RedactedText(wording.say("utter_alias_given"))
        return Incoming(said, payload("answer", {QUESTION: GIVEN}), alias=plainly(text))
    if taken_out or len(words) < _MOST_WORDS:
        raise Refusal(NOT_AN_ALIAS)
    return None


def put_away(records: Records, consultation: Consultation, incoming: Incoming, wording: Wording) -> Incoming:
    """Return a message, or what stands for it where it is the alias of the child once more.

    The dialogue then asks its open question again.
    """
    said = (incoming.read or "").strip()
    if not may_be_one(len(said)) or not _ALIAS.fullmatch(said) or not records.is_marked(consultation.id, plainly(said)):
        return incoming
    return Incoming(RedactedText(wording.say("utter_alias_given")), payload("say_again", {}))


def settle(records: Records, consultation: Consultation, incoming: Incoming, now: datetime) -> None:
    """Keep the mark of an alias that was given, or forget it when the DSL says that it is not this child's."""
    if incoming.alias:
        records.mark_child(consultation.id, incoming.alias, now)
    elif any(_same(incoming.for_dialogue, one) for one in UNLINKING):
        records.unmark_child(consultation.id, now)


def plainly(alias: str) -> str:
    """Return an alias as it is hashed: however it is written, it is one alias."""
    return "".join(c for c in unicodedata.normalize("NFKC", alias).casefold() if c.isalnum())


def _says_something(reading: Reading) -> bool:
    return bool(reading.concerns or reading.red_flags or reading.answers or reading.strengths)


def _same(sent: str, ours: str) -> bool:
    return sent.replace(" ", "") == ours.replace(" ", "")
