"""Another language needs files and nothing else. The one here is invented, so that no word of it can be in the code."""

import argparse
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.commands import languages
from bot.consultation import RedactedText, Status
from bot.desk.answers import AnswerReader
from bot.dialogue import model
from bot.knowledge import UnknownWording, Wording, load_national, reading_patterns
from bot.knowledge.answer_words import load_answer_words
from bot.knowledge.translation import findings, for_training, missing, unknown_acts, with_patterns_of, with_words_of
from bot.reading import Reader
from bot.settings import BadSetting, load_settings
from bot.web.pages import templates
from tests import invented_language
from tests.said import ROOT

ENGLISH = ROOT / "nlu_data" / "responses"
KNOWLEDGE = ROOT / "knowledge_base"


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented language."""
    folder = tmp_path_factory.mktemp("languages") / "zz"
    invented_language.write(ENGLISH, folder)
    return folder


def _little(folder: Path, responses: dict) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.yml").write_text(yaml.safe_dump({"responses": responses}), "utf-8")
    return folder


# what is said


def test_every_sentence_and_button_is_said_in_the_language(over: Path) -> None:
    english, other = Wording(ENGLISH), Wording(ENGLISH, over / "responses")

    assert other.names() == english.names()
    assert other.say("utter_ask_in_danger").startswith("zz Is any child")
    assert other.title_of("age_band", "5_9") == "zz 5 to 9"
    assert [p for _, p in other.buttons("utter_ask_age_band")] == [p for _, p in english.buttons("utter_ask_age_band")]


def test_english_stands_in_for_what_is_missing(over: Path) -> None:
    assert Wording(ENGLISH, over / "responses").say("utter_thanks") == Wording(ENGLISH).say("utter_thanks")
    assert missing(ENGLISH, over / "responses") == ["utter_thanks"]


def test_a_blank_is_filled_in_the_other_language_too(over: Path) -> None:
    wording = Wording(ENGLISH, over / "responses")

    assert wording.say("utter_line_front_door", area="Kent", number="123").endswith("Kent: 123.")
    with pytest.raises(UnknownWording):
        wording.say("utter_line_front_door", area="Kent")


@pytest.mark.parametrize(
    ("text", "why"),
    [("Ring the council.", "{area}, {number}"), ("{area}: {number}, {hours}", "{hours}")],
)
def test_a_sentence_with_other_blanks_is_told_of_and_not_said(tmp_path: Path, text: str, why: str) -> None:
    over = _little(tmp_path, {"utter_line_front_door": [{"text": text}]})

    assert [f.words for f in findings(ENGLISH, over)] == [
        f"utter_line_front_door: the blanks are not those of the English text: {why}"
    ]
    assert "Kent: 123" in Wording(ENGLISH, over).say("utter_line_front_door", area="Kent", number="123")


def test_a_button_that_does_something_else_is_told_of_and_not_offered(tmp_path: Path) -> None:
    """A "yes" that answers "no" to whether a child is in danger must never come of a translation."""
    wrong = [{"title": "Ie", "payload": '/answer{{"about_staff":"yes"}}'}]
    over = _little(tmp_path, {"utter_ask_in_danger": [{"text": "?", "buttons": wrong}]})

    assert "no English button does" in next(findings(ENGLISH, over)).words
    assert Wording(ENGLISH, over).buttons("utter_ask_in_danger") == Wording(ENGLISH).buttons("utter_ask_in_danger")


def test_titles_go_by_what_the_button_does_and_not_by_their_order(tmp_path: Path) -> None:
    turned = [
        {"title": "Nage", "payload": '/answer{{"in_danger":"no"}}'},
        {"title": "Ydy", "payload": '/answer{{"in_danger":"yes"}}'},
    ]
    wording = Wording(ENGLISH, _little(tmp_path, {"utter_ask_in_danger": [{"text": "Q?", "buttons": turned}]}))

    assert wording.title_of("in_danger", "yes") == "Ydy"
    assert wording.title_of("in_danger", "no") == "Nage"
    assert wording.title_of("in_danger", "unknown") == "Not sure", "in English, and still there"


def test_a_name_that_english_does_not_have_is_told_of(tmp_path: Path) -> None:
    over = _little(tmp_path, {"utter_helo": [{"text": "Helo."}]})
    assert [f.words for f in findings(ENGLISH, over)] == ["utter_helo: no English response has this name"]


def test_a_file_that_cannot_be_read_is_told_of_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("responses: [", "utf-8")
    found = list(findings(ENGLISH, tmp_path))
    assert [f.file.name for f in found] == ["a.yml"]


# what the dialogue is trained from


def test_the_dialogue_gets_every_response_once_and_what_channels_add(over: Path) -> None:
    whole = yaml.load(for_training(ENGLISH, over / "responses"), Loader=yaml.CSafeLoader)["responses"]

    assert set(whole) == Wording(ENGLISH).names()
    assert whole["utter_ask_red_flag_list"][0]["custom"] == {"kind": "ticks", "question": "red_flag_list"}
    assert whole["utter_ask_red_flag_list"][0]["buttons"][0]["title"].startswith("zz ")
    assert whole["utter_ask_in_danger"][0]["buttons"][0]["payload"] == '/answer{{"in_danger":"yes"}}'
    assert whole["utter_thanks"][0]["text"] == Wording(ENGLISH).say("utter_thanks")


def test_a_language_has_a_model_of_its_own_and_leaves_the_english_one_alone(over: Path) -> None:
    english, both = model.trained_from(ROOT), model.trained_from(ROOT, over)

    heard = [file for file in both if file.parent == ROOT / "nlu_data" / "nlu"]
    assert heard, "no ears of ours know the language, so that Rasa learns the acts itself"
    both = [file for file in both if file not in heard]
    assert both[: len(english)] == english
    assert {file.parent.name for file in both[len(english) :]} == {"responses", "nlu"}


def test_examples_of_an_act_that_does_not_exist_are_told_of(over: Path, tmp_path: Path) -> None:
    assert list(unknown_acts(ROOT / "domain.yml", over / "nlu")) == []
    (tmp_path / "a.yml").write_text("nlu:\n- intent: diolch\n  examples: '- diolch'\n", "utf-8")
    assert [f.words for f in unknown_acts(ROOT / "domain.yml", tmp_path)] == ["the dialogue has no act 'diolch'"]


# what is understood


def test_answers_in_the_language_are_read_beside_the_english(over: Path) -> None:
    national = load_national(KNOWLEDGE, date(2026, 11, 22))
    words = with_words_of(load_answer_words(KNOWLEDGE), over / "answers.yml")
    answers = AnswerReader(words, national.questions)

    assert answers.read("in_danger", "ydwzz", "", {}) == "yes"
    assert answers.read("in_danger", "no", "", {}) == "no"
    assert answers.read("trend", "gwaethzz", "", {}) == "worse"
    assert answers.read("trend", "getting worse", "", {}) == "worse"


def test_worries_in_the_language_are_read_beside_the_english(over: Path) -> None:
    national = load_national(KNOWLEDGE, date(2026, 11, 22))
    patterns = with_patterns_of(reading_patterns(KNOWLEDGE), over / "reading", national.indicators)
    reader = Reader(national.indicators, patterns, national.red_flags)

    for text in ("newynzz", "he is always hungry"):
        found = {c.indicator for c in reader.read(RedactedText(text)).concerns if c.status is Status.PRESENT}
        assert "hungry" in found, text


# where it is switched on


@pytest.mark.parametrize("typed", ["cy", "../secrets", "/etc", "c y", "."])
def test_a_language_that_is_no_folder_is_refused(tmp_path: Path, typed: str) -> None:
    with pytest.raises(BadSetting):
        load_settings({"NONAME_LANGUAGE": typed}, root=tmp_path)


def test_the_setting_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "languages" / "cy").mkdir(parents=True)

    assert load_settings({}, root=tmp_path).translation is None
    assert load_settings({"NONAME_LANGUAGE": "cy"}, root=tmp_path).translation == tmp_path / "languages" / "cy"


def test_a_page_in_the_language_is_shown_and_the_others_stay_english(over: Path) -> None:
    env = templates("widget", over / "pages").env
    assert env.get_template("problem.html").render() == "<p>zz</p>"
    assert env.loader.get_source(env, "sign_in.html")[0] == templates("widget").env.loader.get_source(
        templates("widget").env, "sign_in.html"
    )[0]  # fmt: skip


# what an editor is told


def _run(folder: Path, code: str) -> int:
    return languages.run(argparse.Namespace(code=code, folder=folder))


def test_the_command_lists_what_is_missing(over: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(over.parent, "zz") == 0
    told = capsys.readouterr().out
    assert "still in English: utter_thanks" in told
    assert "1 sentences are" in told


def test_the_command_fails_on_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _little(tmp_path / "cy" / "responses", {"utter_line_front_door": [{"text": "Ring."}]})
    assert _run(tmp_path, "cy") == 1
    assert "a.yml, line 2: utter_line_front_door: the blanks" in capsys.readouterr().out
