"""Lint of what Rasa learns from, and of what it is examined on.

Reads nlu_data/nlu/*.yml (training) and evaluation/acts/heldout/*.yml (held out). The examples
are meant to be written one by one, as people type: copies and stamped templates make the
figures look better than the assistant is. Sets by other hands stand beside the held-out one; what
any school would type ("yes", "not sure") is bound to stand in them and in the training alike, so
their figures come with the share that was taught word for word.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[3]
TRAINING = ROOT / "nlu_data" / "nlu"
HELD_OUT = ROOT / "evaluation" / "acts" / "heldout"
OTHER_HANDS = ROOT / "evaluation" / "acts" / "development"
FEWEST, MOST, FEWEST_HELD_OUT, FEWEST_OF_THE_MAIN = 20, 520, 8, 150
# By chance a few of some hundred examples open alike ("im a young carer").
SAME_OPENING = 10
MAIN_INTENTS = {"describe_concern", "give_answer", "affirm", "deny"}
# Open-ended: every category of concern, every question and every other life has its own words.
MOST_OF_THE_OPEN = {
    "describe_concern": 1400,
    "give_answer": 1200,
    "out_of_scope": 720,
    "child_writing": 680,
    "parent_writing": 680,
    "staff_writing": 650,
    "adult_at_risk": 650,
    "another_child": 600,
    "frustrated": 650,
}
# The only brackets that the redactor leaves in a text.
PLACEHOLDER = re.compile(r"\[(child|school|date|phone|(parent|adult|sibling) \d)\]")
# Rasa reads "[text](name)", "[text]{...}" and "[text][...]" as an entity; none is meant here.
ENTITY_MARK = re.compile(r"\][({\[]")
IDENTIFIER = re.compile(r"\b\d{5,}\b|\b0\d{3,4} \d{3}|@\w+\.|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|https?:")


class Example(NamedTuple):
    """One line of NLU data and the intent it is filed under."""

    intent: str
    text: str


def examples_in(folder: Path) -> list[Example]:
    """Every example of every intent in the folder's files, in order."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = block["examples"].splitlines()
            assert all(line.startswith("- ") for line in lines), f"{path.name}: a line that is no example"
            found += [Example(block["intent"], line[2:].strip()) for line in lines]
    return found


def plain(text: str) -> str:
    """The text without case, apostrophes and punctuation, so that "Yes." equals "yes"."""
    bare = re.sub(r"[^\w\s]", " ", text.lower().replace("'", "").replace("’", ""))
    return " ".join(bare.split()) or text


@cache
def words_of(text: str) -> frozenset[str]:
    return frozenset(plain(text).split())


def are_near_duplicates(one: str, other: str) -> bool:
    """Two texts of four words or more that share three quarters of them; of fewer, the same text."""
    first, second = words_of(one), words_of(other)
    if min(len(first), len(second)) < 4:
        return plain(one) == plain(other)
    shared = len(first & second)
    return shared >= 0.75 * (len(first) + len(second) - shared)


def near_duplicates(examples: list[Example]) -> list[tuple[str, str]]:
    """Pairs of one intent that differ too little to teach or to examine anything.

    Across intents a pair that differs in one word ("I agree", "I don't agree") is worth having.
    """
    texts = defaultdict(list)
    for example in examples:
        texts[example.intent].append(example.text)
    return [pair for block in texts.values() for pair in alike(block, block) if pair[0] < pair[1]]


def copies_of(taught: list[Example], examined: list[Example]) -> list[tuple[str, str]]:
    """Pairs (examined, taught) that are near duplicates."""
    return alike([example.text for example in examined], [example.text for example in taught])


def alike(texts: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Pairs of a text and one of the others that are near duplicates.

    Who shares three quarters of the words shares one of the rarest quarter and one more, so only
    the texts that hold one of those are compared.
    """
    homes = defaultdict(set)
    for text in others:
        for word in words_of(text):
            homes[word].add(text)
    found = []
    for text in texts:
        words = sorted(words_of(text), key=lambda word: len(homes[word]))
        likely = set().union(*(homes[word] for word in words[: len(words) // 4 + 1]))
        found += [(text, other) for other in likely if are_near_duplicates(text, other)]
    return found


@pytest.fixture(scope="module")
def training() -> list[Example]:
    return examples_in(TRAINING)


@pytest.fixture(scope="module")
def held_out() -> list[Example]:
    return examples_in(HELD_OUT)


def test_every_intent_has_enough_examples_and_none_drowns_the_others(training):
    counts = Counter(example.intent for example in training)
    odd = {i: n for i, n in counts.items() if not FEWEST <= n <= MOST_OF_THE_OPEN.get(i, MOST)}
    assert not odd, f"each intent has {FEWEST} to {MOST} examples, the open ones more: {odd}"
    short = {intent: counts[intent] for intent in MAIN_INTENTS if counts[intent] < FEWEST_OF_THE_MAIN}
    assert not short, f"the main intents have {FEWEST_OF_THE_MAIN} or more: {short}"


def test_every_intent_is_examined_on_examples_of_its_own(training, held_out):
    counts = Counter(example.intent for example in held_out)
    assert set(counts) == {example.intent for example in training}, "the two splits name the same intents"
    few = {intent: n for intent, n in counts.items() if n < FEWEST_HELD_OUT}
    assert not few, f"each intent holds out at least {FEWEST_HELD_OUT}: {few}"


def test_an_intent_lives_in_one_file_and_one_block(training):
    for folder in (TRAINING, HELD_OUT):
        homes = defaultdict(list)
        for path in sorted(folder.glob("*.yml")):
            for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
                homes[block["intent"]].append(path.name)
        split = {intent: files for intent, files in homes.items() if len(files) > 1}
        assert not split, f"an intent in two places is edited in one: {split}"


def test_both_splits_file_an_intent_under_the_same_family():
    for path in sorted(TRAINING.glob("*.yml")):
        names = [
            [block["intent"] for block in yaml.load(p.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]]
            for p in (path, HELD_OUT / path.name)
        ]
        assert names[0] == names[1], f"{path.name} and its held-out twin list the same intents in order"


def test_no_example_is_filed_under_two_intents(training, held_out):
    homes = defaultdict(set)
    for example in training + held_out:
        homes[plain(example.text)].add(example.intent)
    torn = {text: intents for text, intents in homes.items() if len(intents) > 1}
    assert not torn, f"one text cannot be two things: {torn}"


def test_no_held_out_example_was_trained_on(training, held_out):
    copies = copies_of(training, held_out)
    assert not copies, f"the examination holds what was taught: {copies}"


def test_no_split_repeats_itself(training, held_out):
    assert not near_duplicates(training), "near duplicates in training"
    assert not near_duplicates(held_out), "near duplicates held out"


def test_no_two_acts_share_an_example_in_other_order(training):
    homes = defaultdict(set)
    for example in training:
        if len(words_of(example.text)) > 3:
            homes[words_of(example.text)].add(example.intent)
    torn = {" ".join(sorted(words)): intents for words, intents in homes.items() if len(intents) > 1}
    assert not torn, f"the featurizers hardly see the order of words: {torn}"


def test_the_set_by_another_hand_knows_only_our_acts_and_was_not_copied(training):
    theirs = examples_in(OTHER_HANDS)
    assert {example.intent for example in theirs} <= {example.intent for example in training}
    long = [example for example in theirs if len(plain(example.text).split()) > 5]
    copied = {example.text for example in long} & {example.text for example in training}
    assert len(copied) < 0.02 * len(long), f"what only one hand would write was copied into the training: {copied}"


def test_no_intent_is_stamped_from_a_template(training):
    openings = Counter(
        (example.intent, " ".join(plain(example.text).split()[:4]))
        for example in training
        if len(plain(example.text).split()) > 4
    )
    stamped = {opening: n for opening, n in openings.items() if n > SAME_OPENING}
    assert not stamped, f"too many examples open with the same four words: {stamped}"


def test_brackets_are_only_what_the_redactor_writes(training, held_out):
    for example in training + held_out:
        assert not ENTITY_MARK.search(example.text), f"Rasa would read an entity in: {example.text}"
        rest = PLACEHOLDER.sub("", example.text)
        assert not re.search(r"[\[\]]", rest), f"no such placeholder: {example.text}"


def test_no_example_holds_an_identifier_or_looks_like_a_command(training, held_out):
    for example in training + held_out:
        assert not IDENTIFIER.search(example.text), f"looks like an identifier: {example.text}"
        assert not example.text.startswith("/"), f"Rasa takes a leading slash for a command: {example.text}"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # found
        ("Yes.", "yes", True),
        ("can i speak to the duty worker", "can I speak to the duty worker please", True),
        # left alone
        ("yes", "yes please", False),
        ("can i speak to the duty worker", "who is on duty today, can one ring me", False),
    ],
)
def test_near_duplicates_are_found_by_their_words(one, other, found):
    assert are_near_duplicates(one, other) is found
    assert bool(copies_of([Example("a", one)], [Example("b", other)])) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # found
        ("[child](name) is hungry", True),
        ("[child]{...}", True),
        # left alone
        ("[parent 1] hits him", False),
        ("told [sibling 1] (the younger one)", False),
    ],
)
def test_an_entity_mark_is_told_from_a_placeholder(text, found):
    assert bool(ENTITY_MARK.search(text)) is found
