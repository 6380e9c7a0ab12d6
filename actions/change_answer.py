"""Reopens one answer."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import AGAIN, Event, Hand, carried, typed
from bot.desk import alias, own_questions, referrals, showing
from bot.desk.own_answers import ANSWERS


class ActionChangeAnswer(Hand):
    """By button the question is known; in words it is looked for, and else all answers are shown."""

    called = "action_change_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Empty the answer so that the form asks for it first."""
        question = carried(tracker).get("question") or showing.question_meant(tracker.slots, typed(tracker))
        if not question:
            self.ask_which(dispatcher, tracker)
            return [SlotSet(slot, None) for slot in AGAIN]
        if question == alias.QUESTION:
            # The door has taken the link away already; what it told goes too, and the alias is asked for again.
            dispatcher.utter_message(response="utter_alias_unlinked")
            return [SlotSet(slot, None) for slot in (question, "known_before", *AGAIN)]
        theirs = self._of_staff(tracker, str(question))
        if theirs is not None and question not in self.counsel.national.questions:
            return theirs
        wording = own_questions.wording_of(self.counsel.wording, self.counsel.pack(tracker.slots))
        dispatcher.utter_message(response="utter_changed_one", label=wording.say(f"utter_label_{question}"))
        return [*(theirs or ()), *self._emptied(tracker, question), *(SlotSet(slot, None) for slot in AGAIN)]

    def _of_staff(self, tracker: Tracker, question: str) -> list[Event] | None:
        is_staff = with_staff.is_theirs(self.counsel, tracker.sender_id)
        return with_staff.changes(question) if is_staff else None

    def _emptied(self, tracker: Tracker, question: str) -> list[Event]:
        own = dict(tracker.get_slot(ANSWERS) or {})
        if question in own:
            del own[question]
            return [SlotSet(ANSWERS, own)]
        if question == referrals.SLOT:
            return [SlotSet(question, None), SlotSet("tried", None)]
        if question == "worry":
            # A worry told afresh is read and confirmed afresh; a danger sign taken back stays a doubt.
            doubts = SlotSet("struck", self.counsel.gathering.doubts(tracker.slots))
            return [SlotSet(question, None), SlotSet("understood", None), doubts]
        return [SlotSet(question, None)]
