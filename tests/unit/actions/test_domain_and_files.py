"""What domain.yml, the rules, the responses, the questions and the actions say of each other."""

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import every_action
from actions.form import DIGRESSIONS, Validation
from tests.at_the_desk import make_at_hand, national, wording
from tests.fakes import FakeRecords

HANDS = sorted(Path("actions").glob("*.py"))
# Rasa's own.
BUILT_IN = {"action_listen"}
# A response is used where its whole name or the fixed start of it stands in code, rules or pages.
READ_IN = ("actions", "bot", "nlu_data/rules", "nlu_data/stories")
# Responses that nothing names yet, each with its reason.
WITHOUT_A_USE: dict[str, str] = {}


@cache
def _domain() -> dict[str, Any]:
    return yaml.load(Path("domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _in_the_domain() -> list[str]:
    """Return the names of all actions, those with something said of them among them."""
    return [name for one in _domain()["actions"] for name in ([one] if isinstance(one, str) else one)]


@cache
def _actions() -> dict[str, Any]:
    return {action.name(): action for action in every_action(make_at_hand(FakeRecords()))}


@cache
def _rules() -> str:
    files = [*Path("nlu_data/rules").glob("*.yml"), *Path("nlu_data/stories").glob("*.yml")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def _strings() -> tuple[str, ...]:
    """Return every string of our Python and pages, with `{}` where a value is filled in."""
    held: list[str] = []
    for room in ("actions", "bot"):
        for file in Path(room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    held.append("".join(p.value if isinstance(p, ast.Constant) else "{}" for p in node.values))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    held.append(node.value)
    for page in Path("bot/web").rglob("*"):
        if page.suffix in (".html", ".js"):
            held.extend(re.findall(r"utter_[a-z0-9_]+", page.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(held))


def _named() -> set[str]:
    # A part of a put-together name ends in an underscore; it is no name.
    return {s for s in _strings() if re.fullmatch(r"utter_[a-z0-9_]*[a-z0-9]", s)} | set(
        re.findall(r"utter_[a-z0-9_]+", _rules())
    )


def _is_used(response: str) -> bool:
    if response in _named():
        return True
    for written in _strings():
        if "{}" in written and written.startswith("utter_"):
            pattern = re.escape(written).replace(re.escape("{}"), "[a-z0-9_]+")
            if re.fullmatch(pattern, response):
                return True
    asked = response.removeprefix("utter_ask_")
    return response.startswith("utter_ask_") and any(
        asked in form["required_slots"] for form in _domain()["forms"].values()
    )


# actions


def test_every_action_of_the_domain_is_there_and_the_other_way_round() -> None:
    assert sorted(_actions()) == sorted(_in_the_domain())


def test_no_action_is_there_twice() -> None:
    names = [action.name() for action in every_action(make_at_hand(FakeRecords()))]
    assert len(names) == len(set(names))


def test_every_action_of_the_rules_is_in_the_domain() -> None:
    named = set(re.findall(r"action: (\w+)", _rules()))
    assert named <= set(_in_the_domain()) | set(_domain()["forms"]) | BUILT_IN


def test_every_action_of_the_domain_is_reached_by_a_rule_a_form_or_another_action() -> None:
    """An action that nothing leads to is dead."""
    for name in _in_the_domain():
        by_form = any(name == f"validate_{form}" for form in _domain()["forms"])
        by_ask = any(name == f"action_ask_{slot}" for f in _domain()["forms"].values() for slot in f["required_slots"])
        by_config = name in Path("config.yml").read_text(encoding="utf-8")
        assert by_form or by_ask or by_config or f"action: {name}\n" in _rules() + "\n", name


def test_every_form_has_its_validation() -> None:
    for form in _domain()["forms"]:
        assert f"validate_{form}" in _actions()


def test_every_form_asks_what_the_domain_says_in_that_order() -> None:
    for form, held in _domain()["forms"].items():
        validation = _actions()[f"validate_{form}"]
        assert isinstance(validation, Validation)
        assert validation.domain_slots({}) == held["required_slots"], form


def test_the_consultation_asks_the_national_questions_in_their_order() -> None:
    asked = _domain()["forms"]["consultation_form"]["required_slots"]
    assert [question for question in asked if question in national().questions] == list(national().questions)


def test_every_slot_that_a_form_asks_is_a_slot() -> None:
    for form in _domain()["forms"].values():
        assert set(form["required_slots"]) <= set(_domain()["slots"])




def test_every_slot_that_a_button_can_carry_is_an_entity() -> None:
    entities = set(_domain()["entities"])
    for _name, _title, payload in _buttons():
        if payload.startswith("/answer{"):
            assert set(json.loads(payload.removeprefix("/answer"))) <= entities


# acts


def test_every_act_of_the_rules_is_in_the_domain() -> None:
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in _domain()["intents"]}
    assert set(re.findall(r"intent: (\w+)", _rules())) <= intents | {"nlu_fallback"}


def test_every_digression_is_an_act_that_a_rule_takes_up() -> None:
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in _domain()["intents"]}
    assert intents >= DIGRESSIONS
    assert set(re.findall(r"intent: (\w+)", _rules())) >= DIGRESSIONS, "or the question would hang"


def _acts_by_form(action: str) -> dict[str | None, set[str]]:
    """Return, for each form (None after the end), the acts that a rule takes to this action."""
    rules = yaml.safe_load(Path("nlu_data/rules/digressions.yml").read_text(encoding="utf-8"))["rules"]
    taken: dict[str | None, set[str]] = {}
    for rule in rules:
        first, *rest = rule["steps"]
        if {"action": action} in rest:
            acts = {held["intent"] for held in first.get("or", [first])}
            taken.setdefault(rule["condition"][0]["active_loop"], set()).update(acts)
    return taken


@pytest.mark.parametrize("action", ["action_answer_question", "action_why", "action_acknowledge"])
def test_what_is_answered_along_the_way_is_answered_in_every_form_and_after_the_end(action: str) -> None:
    taken = _acts_by_form(action)
    assert set(taken) == {*_domain()["forms"], None}
    everywhere = taken["consultation_form"]
    assert all(taken[form] == everywhere for form in _domain()["forms"])
    last_words = {"thank", "goodbye", "ringing_now"}  # these end it, in view.yml
    assert taken[None] >= everywhere - last_words


# responses


def test_every_response_that_is_named_is_written() -> None:
    assert sorted(_named() - wording().names()) == []


def test_every_response_whose_name_is_put_together_is_written() -> None:
    """A name with a filled-in part needs at least one response; each case of it is tried elsewhere."""
    for written in _strings():
        if "{}" in written and written.startswith("utter_"):
            pattern = re.escape(written).replace(re.escape("{}"), "[a-z0-9_]+")
            assert any(re.fullmatch(pattern, name) for name in wording().names()), written


def test_no_response_is_written_that_nothing_says() -> None:
    orphans = {name for name in wording().names() if not _is_used(name)}
    assert sorted(orphans - set(WITHOUT_A_USE)) == []
    assert sorted(set(WITHOUT_A_USE) - orphans) == [], "no longer without a use"


def test_every_act_that_is_answered_along_the_way_has_its_answer() -> None:
    rules = yaml.safe_load(Path("nlu_data/rules/digressions.yml").read_text(encoding="utf-8"))["rules"]
    for rule in rules:
        steps = rule["steps"]
        if any(step.get("action") == "action_answer_question" for step in steps):
            for held in steps[0].get("or", [steps[0]]):
                assert f"utter_about_{held['intent']}" in wording().names()


def _questions() -> list[str]:
    return sorted({slot for form in _domain()["forms"].values() for slot in form["required_slots"]})


@pytest.mark.parametrize("question", _questions())
def test_every_question_is_asked_says_why_and_can_be_put_in_other_words(question: str) -> None:
    assert f"utter_ask_{question}" in wording().names() or f"action_ask_{question}" in _actions()
    assert f"utter_why_{question}" in wording().names()
    assert f"utter_rephrase_{question}" in wording().names()


@pytest.mark.parametrize("question", ["child_area", *national().questions])
def test_every_answer_has_a_label_to_be_shown_by(question: str) -> None:
    assert f"utter_label_{question}" in wording().names()


def _buttons() -> list[tuple[str, str, str]]:
    return [(n, title, payload) for n in sorted(wording().names()) for title, payload in wording().buttons(n)]


@pytest.mark.parametrize("question", list(national().questions))
def test_every_button_of_a_question_is_one_of_its_answers_and_every_answer_has_a_button(question: str) -> None:
    held = national().questions[question]
    given = [
        value
        for name, _, payload in _buttons()
        if name == f"utter_ask_{question}" and payload.startswith("/answer{")
        for value in [json.loads(payload.removeprefix("/answer"))[question]]
    ]
    if held.kind == "scale":
        given = [value for value in given if not str(value).isdigit()]
    assert set(map(str, given)) <= set(held.options)
    if held.kind in ("choice", "many"):
        assert set(given) == set(held.options), "a DSL can press every answer, don't know among them"


def test_no_two_buttons_of_a_question_have_one_title() -> None:
    for name in wording().names():
        titles = [title for title, _ in wording().buttons(name)]
        assert len(titles) == len(set(titles)), name


def test_every_button_sends_an_act_of_the_domain() -> None:
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in _domain()["intents"]}
    for name, title, payload in _buttons():
        assert re.match(r"/(\w+)", payload)[1] in intents, (name, title)


# hands hold no words

# These say names from the knowledge base, which no response can list.
BUTTONS_OF_KNOWLEDGE = {"ask_child_area.py", "ask_area_question.py"}


@pytest.mark.parametrize("file", HANDS, ids=lambda file: file.name)
def test_no_action_says_a_sentence_of_its_own(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "utter_message":
            named = {keyword.arg for keyword in node.keywords}
            assert not node.args, f"{file.name}:{node.lineno} says a sentence"
            allowed = {"buttons"} if file.name in BUTTONS_OF_KNOWLEDGE else set()
            words = {"text", "buttons", "attachment", "image", "elements"} - allowed
            assert not named & words, f"{file.name}:{node.lineno}"
            assert named & {"response", "json_message"}
