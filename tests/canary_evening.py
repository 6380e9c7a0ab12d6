"""An evening on Telegram: colleagues at two schools write, pass on and leave, and others try what they can."""

from dataclasses import dataclass, field

from bot_api.people import Room
from canary_chats import (
    MOST_TRIES,
    around_words,
    behind_commands,
    change_words,
    hold_talks,
    link_all,
    press_anything,
    send_things,
    start_with_anything,
)
from canary_desk import WorkerOf
from canary_doors import try_others
from canary_outsiders import happen_elsewhere, meet_in_groups, write_as_strangers
from canary_people import AREAS, Answer, DslOf, Walk
from canary_phones import COLLEAGUES, FOR_NOTICES, Linked, Phone, Switchboard
from canary_places import Place, kept

from evaluation.canary.searching import folded

A_DRAFT = 1500  # characters of it that are sent


@dataclass
class Evening:
    """All that was typed on Telegram, and what was kept while links stood."""

    board: Switchboard
    colleagues: list[Linked]
    notices: Phone
    strangers: list[Phone] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    changed: list[tuple[Linked, int]] = field(default_factory=list)
    unread: list[tuple[Phone, int]] = field(default_factory=list)
    meanwhile: list[Place] = field(default_factory=list)
    stood: dict[str, int] = field(default_factory=dict)

    @property
    def walk(self) -> Walk:
        """All that was typed and answered."""
        return self.board.walk


def held(board: Switchboard, dsls: dict[str, DslOf], workers: dict[str, WorkerOf]) -> Evening:
    """Hold it: everything typed by everybody, passed on, taken up and left again."""
    given = [(area, who) for area in AREAS for who in COLLEAGUES[area]]
    # A DSL has identifiers of their area alone; whoever types one is the only one who does.
    own = [board.walk.canaries[n :: len(given)] for n in range(len(given))]
    colleagues = [Linked(board, who, some, area) for (area, who), some in zip(given, own, strict=True)]
    evening = Evening(board, colleagues, Phone(board, FOR_NOTICES, board.walk.canaries[::5]))
    codes = [_code(dsls[area], f"Colleague {number}") for number, (area, _) in enumerate(given)]
    link_all(board, [*colleagues, evening.notices], [*codes, _code(dsls["kent"], "")])
    hold_talks(board, colleagues)
    for area, dsl in dsls.items():
        _take_up(evening, dsl, [one for one in colleagues if one.area == area])
    behind_commands(board, colleagues)
    around_words(board, colleagues)
    evening.changed = change_words(board, colleagues)
    evening.unread = send_things(board, [*colleagues, evening.notices])
    press_anything(board, [*colleagues, evening.notices])
    evening.unread += start_with_anything(board, [*colleagues, evening.notices])
    _say_again(board, colleagues)
    evening.strangers = write_as_strangers(board)
    evening.rooms = meet_in_groups(board, [colleagues[0], evening.strangers[0]])
    happen_elsewhere(board, evening.strangers[1])
    for area, dsl in dsls.items():
        board.walk.keep("staff", "dsl", dsl.http.get("/staff"), _page_of(evening, area))
    evening.meanwhile, evening.stood = [*kept(board.walk)], where_chats_are(board)
    _end(evening, dsls["kent"])
    try_others(board.walk, {
        a: [(dsls[a].http, f"a DSL of {a}"), (workers[a].http, f"a worker of {a}")] for a in AREAS
    })  # fmt: skip
    _hear(evening)
    return evening


def _code(dsl: DslOf, label: str) -> str:
    kind = "staff" if label else "notices"
    page = dsl.http.post("/staff/codes", data={"kind": kind, "label": label}).raise_for_status().text
    return page.split('class="code reference">')[1].split("<")[0]


def _page_of(evening: Evening, area: str) -> str:
    """Return a name for what the DSLs of a school read of what was passed on, and say what may stand there."""
    records, shown = evening.board.house.built.records, evening.walk.shown
    passed_on: dict[str, str] = {}
    for table, _, talk, words in records.everything_opened():
        if table == "passed_on" and talk in evening.walk.consultations[area]:
            passed_on[talk] = passed_on.get(talk, "") + folded(words or "")
    for needle, where in shown.items():
        if any(needle.folded in words for talk, words in passed_on.items() if talk in where):
            where.add(f"staff page of {area}")
    return f"staff page of {area}"


def _take_up(evening: Evening, dsl: DslOf, colleagues: list[Linked]) -> None:
    """Read what was passed on, begin a consultation from the newest and send its words on."""
    page = dsl.walk.keep("staff", "dsl", dsl.http.get("/staff"), _page_of(evening, dsl.area)).text
    notes = [part.split('"')[0] for part in page.split('<article class="passed" id="')[1:]]
    assert len(notes) >= len(colleagues), page
    begun = dsl.http.post(f"/staff/passed-on/{notes[0]}/take-up")
    assert begun.status_code == 303, begun.status_code
    consultation = begun.headers["location"].rsplit("/", 1)[1]
    dsl.walk.consultations[dsl.area].append(consultation)
    dsl.walk.keep("talk", "dsl", dsl.http.get(begun.headers["location"]), _page_of(evening, dsl.area))
    while (asked := dsl.house.tracker(consultation)["slots"].get("requested_slot")) != "worry":
        dsl.answer_plainly(consultation, asked)
    draft = dsl.http.get(f"/api/consultations/{consultation}/draft")
    words = dsl.walk.keep("draft", "dsl", draft, _page_of(evening, dsl.area)).json()["words"]
    assert "hungry again" in words
    sent = (dsl.say(consultation, text=words[:A_DRAFT])["message"] for _ in range(MOST_TRIES))
    said = next(message["text"] for message in sent if message)
    for needle, where in dsl.walk.shown.items():
        if f"staff page of {dsl.area}" in where and needle.folded in folded(said):
            where.add(consultation)


def _say_again(board: Switchboard, colleagues: list[Linked]) -> None:
    before = {phone: len(phone.heard) for phone in colleagues}
    for phone in colleagues:
        phone.person.types("/again")
    board.settle()
    assert all(len(phone.heard) > before[phone] for phone in colleagues)


def where_chats_are(board: Switchboard) -> dict[str, int]:
    """Return where messages go, by link, as it stands in the records when it is opened."""
    opened = board.house.built.records.everything_opened()
    return {whose: address for table, _, whose, address in opened if table == "chat_addresses"}


def _end(evening: Evening, dsl: DslOf) -> None:
    """End links in every way but for the last colleague's and the one for notices."""
    leaves, ended, blocks, _ = evening.colleagues
    evening.unread.append((leaves, leaves.person.types(f"/stop {leaves.own[0].value}")))
    link = ended.link.id
    assert dsl.http.post(f"/staff/links/{link}/end").status_code == 303
    blocks.person.blocks()
    evening.board.settle()


def _hear(evening: Evening) -> None:
    """Note what everybody heard: colleagues may have heard what was missed of theirs, and nobody else anything."""
    for phone in evening.colleagues:
        link = next(link for link, chat in evening.stood.items() if chat == phone.who.id)
        evening.walk.answers.append(Answer("chat", f"a colleague in {phone.area}", 200, phone.heard, link))
    for phone in (evening.notices, *evening.strangers):
        evening.walk.answers.append(Answer("chat", "somebody else", 200, phone.heard))
    said = [call.fields for call in evening.board.api.calls]
    rooms = {room.id for room in evening.rooms}
    there = "\n".join(str(fields.get("text")) for fields in said if fields.get("chat_id") in rooms)
    toasts = "\n".join(str(fields.get("text")) for fields in said if "callback_query_id" in fields)
    evening.walk.answers += [Answer("chat", "a group", 200, there), Answer("toast", "everybody", 200, toasts)]
