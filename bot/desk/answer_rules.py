"""Which answers are taken first, which only from a plain denial, and which never in passing."""

from collections.abc import Mapping

from bot.desk.plain_words import PRONOUNS

YES_NO = frozenset({"in_danger", "about_staff", "baby_at_home"})
CONFIRM = {"understood": "yes", "answers_checked": "yes"}
# Values taken first, whatever else is said: what is worse for the child, or leads to a person.
WEIGHTIEST: Mapping[str, tuple[str, ...]] = {
    "injury": ("non_mobile", "does_not_fit", "no_explanation"),
    "sexual": ("disclosure", "offender_contact", "pregnant_or_active", "behaviour"),
    "effect": ("frightened_to_go_home",),
    "trend": ("worse", "sudden"),
    "goes_home": ("today", "this_week"),
    "parents_know": ("would_raise_risk", "refuse", "want_advice"),
    "view": ("person", "higher", "lower"),
    "ringing": ("cannot", "ringing"),
}
# Beside those of red flags and of what the questions rule out: they end something, or open nothing.
ONLY_PLAIN = frozenset(
    {("baby_at_home", "no"), ("open_case", "no"), ("anything_else", "no"), ("reference_kept", "yes")}
    | {("tried", "nothing_yet"), ("other_services", "none")}
)
# Taken only where nothing turns against it: "she explained it but it keeps changing".
CALM = frozenset({("injury", "explained"), ("parents_know", "agree"), ("view", "agree"), ("trend", "better")})
# Said along the way these are of something else: "no effect on his work" says nothing of fear at home.
NEVER_IN_PASSING = frozenset({("effect", "none_seen")})
NOTHING = ("none", "nothing_yet")
BARE = frozenset({"no", "nope", "nah", "n", *PRONOUNS})
# A "not" some words before turns these too: "not a referral".
READ_FAR = frozenset({*WEIGHTIEST, "dsl_view"})
FAR = 3
