"""Ears: acts are heard by our house where the sentence model was taught on these very examples, else by Rasa."""

import re
from dataclasses import replace

import pytest

from bot.dialogue import ears, model
from bot.dialogue.rasa_process import environment, run_arguments
from bot.settings import ROOT, load_settings


@pytest.fixture
def checkout(tmp_path):
    """A checkout with two examples, which the sentence model was taught on."""
    (tmp_path / "nlu_data" / "nlu").mkdir(parents=True)
    (tmp_path / "nlu_data" / "rules").mkdir()
    (tmp_path / "nlu_data" / "nlu" / "social.yml").write_text("nlu:\n- intent: thank\n  examples: |\n    - ta\n")
    (tmp_path / "nlu_data" / "rules" / "rules.yml").write_text("rules: []\n")
    (tmp_path / "endpoints.yml").write_text("action_endpoint:\n  url: ${NONAME_ACTION_URL}\n")
    (tmp_path / "requirements").mkdir()
    for name in ("config.yml", "domain.yml", "requirements/rasa.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / ears.TAUGHT).write_text(ears.examples_digest(tmp_path) + "\n")
    return load_settings({"NONAME_VAR": str(tmp_path / "var")}, root=tmp_path)


def _change_an_example(settings):
    with (settings.root / "nlu_data" / "nlu" / "social.yml").open("a") as file:
        file.write("    - much obliged\n")


def test_the_examples_of_this_checkout_are_the_ones_that_were_taught():
    assert ears.hears_for_rasa(ROOT), "the examples of acts were changed: run ./noname teach"


def test_rasa_is_told_to_ask_us_and_is_trained_without_examples(checkout):
    told = ears.endpoints(checkout).read_text()

    assert "NONAME_ACTION_URL" in told, "what it knew before stays"
    asked = set(re.findall(r"\$\{(\w+)\}", told))
    assert "NONAME_EARS_URL" in asked
    assert asked <= set(environment(checkout, {}))
    assert str(checkout.root / "nlu_data" / "nlu") not in model.train_arguments(checkout, checkout.models, "m")
    assert not any(file.parent.name == "nlu" for file in model.trained_from(checkout.root))


@pytest.mark.parametrize("why", ["examples changed", "never taught", "another language"])
def test_rasa_hears_by_itself_where_the_sentence_model_cannot(checkout, why):
    taught = model.model_name(checkout.root)
    if why == "examples changed":
        _change_an_example(checkout)
    elif why == "never taught":
        (checkout.root / ears.TAUGHT).unlink()
    else:
        (checkout.root / "languages" / "cy").mkdir(parents=True)
        checkout = replace(checkout, language="cy")

    assert ears.endpoints(checkout) == checkout.root / "endpoints.yml"
    assert any(file.parent.name == "nlu" for file in model.trained_from(checkout.root, checkout.translation))
    assert model.model_name(checkout.root, checkout.translation) != taught


def test_the_process_is_started_with_the_endpoints_it_is_to_use(checkout):
    arguments = run_arguments(checkout, checkout.models / "m.tar.gz")

    assert arguments[arguments.index("--endpoints") + 1] == str(ears.endpoints(checkout))
