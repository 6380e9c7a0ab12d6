"""Whatever a form or a body holds: it is read as it was typed, or refused as something that cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.web.anonymity_api import PreviewIn, PutBackIn
from bot.web.ladder_pages import Filled
from bot.web.plain_pages import GivenIn
from bot.web.staff_pages import NewCodeIn
from bot.web.talk_api import ReferenceIn, UnsentIn
from bot.web.widget_api import MessageIn, OpenIn, ResumeIn, SeenIn, SignInIn
from tests.any_text import TEXTS
from tests.how_long import examples

FORMS = [
    MessageIn, OpenIn, ResumeIn, SeenIn, SignInIn, PutBackIn, PreviewIn, UnsentIn, ReferenceIn, GivenIn, NewCodeIn,
    Filled,
]  # fmt: skip
_PLAIN = st.one_of(TEXTS, st.integers(), st.floats(), st.booleans(), st.none(), st.text(st.characters(codec=None)))
ANYTHING = st.recursive(_PLAIN, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(), held, max_size=3))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@examples(60, 5000)
@given(data=st.data())
def test_a_form_is_read_or_refused_and_hides_what_was_typed(form: type[BaseModel], data: st.DataObject) -> None:
    given = {name: data.draw(ANYTHING) for name in form.model_fields if data.draw(st.booleans())}
    try:
        read = form.model_validate(given)
    except ValidationError:
        return  # answered as not understood
    for name, value in given.items():
        kept = getattr(read, name)
        if hasattr(kept, "get_secret_value"):
            assert kept.get_secret_value() == value
            assert "**" in repr(kept) or not value, "what was typed is not shown"
