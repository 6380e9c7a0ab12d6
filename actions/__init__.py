"""Actions: Rasa's hands, one a module.

Rules decide which action runs, the desk decides what is so, responses hold the words. An action
only carries between them: it never holds a sentence, a number or a threshold. May import:
rasa_sdk, bot.desk, bot.consultation.
"""

from collections.abc import Callable

from rasa_sdk import Action

from actions.acknowledge import ActionAcknowledge
from actions.add_something import ActionAddSomething
from actions.after_exit import ActionAfterExit
from actions.answer_question import ActionAnswerQuestion
from actions.ask_answered import ActionAskAnswered
from actions.ask_answers_checked import ActionAskAnswersChecked
from actions.ask_area_question import ActionAskAreaQuestion
from actions.ask_child_area import ActionAskChildArea
from actions.ask_reference_kept import ActionAskReferenceKept
from actions.ask_ringing import ActionAskRinging
from actions.ask_understood import ActionAskUnderstood
from actions.assess import ActionAssess
from actions.change_answer import ActionChangeAnswer
from actions.correct_answer import ActionCorrectAnswer
from actions.finish import ActionFinish
from actions.hand_over import ActionHandOver
from actions.hard_exit import ActionHardExit
from actions.not_followed import ActionDefaultFallback, ActionNotFollowed
from actions.open import ActionOpen
from actions.reconsider import ActionReconsider
from actions.show_answers import ActionShowAnswers
from actions.start_again import ActionStartAgain
from actions.stop_for_now import ActionStopForNow
from actions.take_back import ActionTakeBack
from actions.use_vaguer import ActionUseVaguer
from actions.validate_consultation import ValidateConsultationForm
from actions.validate_ending import ValidateEndingForm
from actions.validate_exit import ValidateExitForm
from actions.validate_view import ValidateViewForm
from actions.validate_waiting import ValidateWaitingForm
from actions.why import ActionWhy
from bot.desk.at_hand import AtHand

_EVERY: tuple[Callable[[AtHand], Action], ...] = (
    ActionAcknowledge,
    ActionAddSomething,
    ActionAfterExit,
    ActionAnswerQuestion,
    ActionAskAnswered,
    ActionAskAnswersChecked,
    ActionAskAreaQuestion,
    ActionAskChildArea,
    ActionAskReferenceKept,
    ActionAskRinging,
    ActionAskUnderstood,
    ActionAssess,
    ActionChangeAnswer,
    ActionCorrectAnswer,
    ActionDefaultFallback,
    ActionFinish,
    ActionHandOver,
    ActionHardExit,
    ActionNotFollowed,
    ActionOpen,
    ActionReconsider,
    ActionShowAnswers,
    ActionStartAgain,
    ActionStopForNow,
    ActionTakeBack,
    ActionUseVaguer,
    ActionWhy,
    ValidateConsultationForm,
    ValidateEndingForm,
    ValidateExitForm,
    ValidateViewForm,
    ValidateWaitingForm,
)


def every_action(at_hand: AtHand) -> tuple[Action, ...]:
    """Return every action of domain.yml, with the desk at hand."""
    return tuple(make(at_hand) for make in _EVERY)
