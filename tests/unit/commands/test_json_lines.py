"""JSON Lines: one for one, in order, and no text in an error."""

import io
import json

import pytest

from bot.commands.json_lines import BadLine, answer_lines, text_of


def answered(*lines, answer=lambda record: {"length": len(text_of(record))}):
    out = io.BytesIO()
    answer_lines(answer, [line if isinstance(line, bytes) else line.encode() for line in lines], out)
    return [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_every_line_is_answered_in_order_and_keeps_what_it_brought():
    assert answered('{"text": "ab", "id": 7}', '{"text": "abc", "id": 8}') == [
        {"text": "ab", "id": 7, "length": 2},
        {"text": "abc", "id": 8, "length": 3},
    ]


BROKEN = {
    "no JSON": b"Tyler Brown\n",
    "half an object": b'{"text": "Tyler Brown"',
    "a list": b'["Tyler Brown"]',
    "a bare string": b'"Tyler Brown"',
    "a text that is a list": b'{"text": ["Tyler Brown"]}',
    "no text": b'{"words": 1}',
    "an empty line": b"\n",
    "bytes that are no characters": b'{"text": "Tyler \xff"}',
    "nested without end": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_gets_an_error_that_does_not_repeat_it_and_the_next_is_answered(line):
    error, after = answered(line, '{"text": "ab"}')
    assert error["error"]
    assert "Tyler" not in json.dumps(error), "an error line would carry a name"
    assert after["length"] == 2


def test_a_line_that_breaks_the_command_does_not_end_the_stream_or_show_its_text():
    def falls(record):
        raise ValueError(record["text"])

    (error,) = answered('{"text": "Tyler Brown", "id": 7}', answer=falls)
    assert error == {"id": 7, "error": "this line could not be answered (ValueError)"}


def test_a_refusal_says_its_reason():
    def refuses(record):
        raise BadLine("area must be a string")

    assert answered('{"id": 7}', answer=refuses) == [{"id": 7, "error": "area must be a string"}]


def test_half_a_character_goes_out_as_json_spells_it():
    (line,) = answered(r'{"text": "\ud83d"}')
    assert line["text"] == "\ud83d"


def test_each_line_leaves_as_soon_as_it_is_answered():
    seen = []

    class Out(io.BytesIO):
        def flush(self):
            seen.append(self.getvalue().count(b"\n"))

    answer_lines(lambda record: {}, [b"{}", b"{}"], Out())
    assert seen == [1, 2]
