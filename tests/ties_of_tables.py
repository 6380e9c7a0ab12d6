"""What a reader knows of the tables beside what they show: whose consultations are among whose."""

# Answers to two questions of the same consultation bound each other: those on the right are among those on the left.
type Cells = tuple[tuple[str, str], ...]
LEVELS = ("n1", "n2", "n3", "n4")


def _pair(assistant: str, worker: str) -> tuple[str, str]:
    order = LEVELS.index(worker) - LEVELS.index(assistant)
    return ("agreed" if order == 0 else "above" if order > 0 else "below"), f"{assistant}_{worker}"


_VIEWS = {
    view: tuple(("views", f"{one}_{said}") for one in of for said in ("advised", "not"))
    for view, of in (("refer", ("refer",)), ("other", ("early_help", "school_support", "advice_only")))
}
_THOUGHT = {view: (("thought", f"{view}_refer"), ("thought", f"{view}_other")) for view in _VIEWS}
_NOT_BOTH = (("thought", "not_compared"), ("assessed", "no"))
NESTED: tuple[tuple[Cells, Cells], ...] = (
    ((("beside", "not_compared"),), (("worker", "no_level"),)),
    (
        (("assistant", "n1"), ("assistant", "n2"), ("assistant", "n3"), ("assistant", "n4")),
        (("beside", "higher"), ("beside", "same"), ("beside", "lower")),
    ),
    ((("worker", "n2"), ("worker", "n3"), ("worker", "n4")), (("beside", "higher"),)),
    ((("worker", "n1"), ("worker", "n2"), ("worker", "n3")), (("beside", "lower"),)),
    *(((("worker", w),), tuple(_pair(a, w) for a in LEVELS)) for w in LEVELS),
    *(((("assistant", a),), tuple(_pair(a, w) for w in LEVELS)) for a in LEVELS),
    (
        (("assistant", "n3"), ("assistant", "n4"), ("assistant", "exit")),
        (("thought", "refer_refer"), ("thought", "other_refer")),
    ),
    ((("assistant", "n1"), ("assistant", "n2")), (("thought", "refer_other"), ("thought", "other_other"))),
    ((("thought", "not_compared"),), (("assistant", "person"),)),
    *(((*_VIEWS[v], ("desk", "waiting"), ("desk", "not_asked")), _THOUGHT[v]) for v in _VIEWS),
    *(((*_THOUGHT[v], *_NOT_BOTH), _VIEWS[v]) for v in _VIEWS),
    (_NOT_BOTH, (("views", "not_told"),)),
)
# Those of them of which what is left of the first without the second is a group of consultations by itself.
GROUPS = (*NESTED[:2], *NESTED[4:15])
