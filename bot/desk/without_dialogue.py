"""What is said when the dialogue does not answer: exits of red flags first, else an apology with numbers and a way on.

Nothing here needs the dialogue: the way to a person goes past it (bot/desk/duty/asking.py).
"""

from bot.consultation import HardExit, RedactedText
from bot.desk.consult import Counsel
from bot.desk.ports import Consultation, Records, Utterance
from bot.desk.staff.talk import exits_said, is_staff_talk


def without_dialogue(
    records: Records, counsel: Counsel, consultation: Consultation, exits: tuple[str, ...]
) -> tuple[Utterance, ...]:
    """Return what the service says in the dialogue's place. `exits` are the routes of red flags that were raised."""
    held = records.consultation(consultation.id) or consultation
    blanks = counsel.numbers({"child_area": held.area or held.school_area})
    if names := exits_said(records, held, exits):
        return tuple(Utterance("service", counsel.wording.say(name, **blanks)) for name in names)
    lines = [counsel.wording.say("utter_no_dialogue", **blanks)]
    if not held.practice and not is_staff_talk(records, held):  # those go to no desk
        lines.append(counsel.wording.say("utter_no_dialogue_person"))
    return (Utterance("service", "\n".join(lines)),)


def broken_off(records: Records, consultation: Consultation, number: int) -> list[RedactedText]:
    """Return what the DSL said just before a message and nothing answered, the oldest first.

    A turn that was broken off leaves such. Where a person has the consultation nothing else would answer it either.
    """
    if (records.consultation(consultation.id) or consultation).held:
        return []
    said: list[RedactedText] = []
    for message in reversed([one for one in records.messages(consultation.id) if one.number < number]):
        if message.utterance.speaker != "dsl":
            break
        if not message.utterance.pressed:
            said.append(RedactedText(message.utterance.text))
    return said[::-1]


def untold(records: Records, counsel: Counsel, consultation_id: str) -> str:
    """Return what was said before the service alone answered a red flag, or nothing once the assistant has spoken.

    Who was started again in between knows it from the records.
    """
    held, messages = records.consultation(consultation_id), records.messages(consultation_id)
    spoken = max((one.number for one in messages if one.utterance.speaker == "assistant"), default=0)
    since = [one for one in messages if one.number > spoken]
    if held is None or not any(one.utterance.speaker == "service" for one in since):
        return ""
    blanks = counsel.numbers({"child_area": held.area or held.school_area})
    exits = {counsel.wording.say(f"utter_exit_{route.value}", **blanks) for route in HardExit}
    told = max((one.number for one in since if one.utterance.text in exits), default=0)
    return " ".join(one.utterance.text for one in since if one.utterance.speaker == "dsl" and one.number < told)
