"""Texts for tests of what holds for every text: pieces that mean something, and whatever Unicode there is."""

from hypothesis import strategies as st

_WORDS = """
Lily lily GRACE will May mum dad's Mrs Dr the a his called said was and family [child] [school] [Sharon] Kowalczyk
Price Oakfield Academy 07700 900123 12/03/14 3rd June ME7 1AB yr 4 St Mary's 12 High Street @jo_x ref 25-88444
. , ? ( ) ' - ½ Siân Nguyễn فاطمة ﬁona Ｓｈａｒｏｎ Sha\u200bron e\u0301 👨‍👩‍👧 ١٢٣٤٥٦
""".split()
_UNSEEN = ["\n", "\u202e", "\x00", "\ud800"]
PIECES = st.sampled_from([*_WORDS, *_UNSEEN])
_GLUES = [" ", "", "\n", "-"]


def messages(pieces: st.SearchStrategy[str], most: int = 14) -> st.SearchStrategy[str]:
    """Return texts of such pieces, joined by a blank, by nothing, by line ends or by hyphens."""
    return st.lists(pieces, max_size=most).flatmap(
        lambda chosen: st.sampled_from(_GLUES).map(lambda glue: glue.join(chosen))
    )


MESSAGES = messages(PIECES)
TEXTS = st.one_of(MESSAGES, st.text(max_size=80), st.text(st.characters(codec=None), max_size=40))
