"""Ears: acts are heard by our house where the sentence model was taught on these very examples, else by Rasa."""

import re
from dataclasses import replace

import pytest
import yaml

from bot.dialogue import ears, model
from bot.dialogue.rasa_process import environment, run_arguments
from bot.settings import ROOT, load_settings
from bot.settings_of_several import SeveralSettings


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


def test_one_of_several_rasas_has_its_locks_in_redis_and_no_password_in_the_file(checkout):
    (checkout.root / "endpoints.yml").write_text((ROOT / "endpoints.yml").read_text("utf-8"))
    said = SeveralSettings(is_so=True, redis_url="redis://db.example:6380/2", redis_password="a-password-of-ours")
    several = replace(checkout, several=said, rasa_port=5006)
    file = ears.endpoints(several)

    assert file.name == "endpoints-5006.yml"
    locks = yaml.safe_load(file.read_text())["lock_store"]
    assert {name: locks[name] for name in ("type", "url", "port", "db")} == {
        "type": "redis", "url": "db.example", "port": 6380, "db": 2,
    }  # fmt: skip
    assert locks["password"] == "${NONAME_REDIS_PASSWORD}"
    assert "a-password-of-ours" not in file.read_text()
    assert environment(several, {})["NONAME_REDIS_PASSWORD"] == "a-password-of-ours"


def test_the_only_rasa_keeps_its_locks_to_itself_and_is_told_of_no_redis(checkout):
    (checkout.root / "endpoints.yml").write_text((ROOT / "endpoints.yml").read_text("utf-8"))

    assert yaml.safe_load(ears.endpoints(checkout).read_text())["lock_store"] == {"type": "in_memory"}
    assert not [name for name in environment(checkout, {}) if "REDIS" in name]
