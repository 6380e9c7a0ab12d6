"""A DSL who talks to the running house through its real door, step by step as a case says.

A step may hold: `say` (typed), `choose` (a button's title, or several to tick), `change` (a row of the
last table), `finish` (answer what is still asked, with `but` for exceptions), and then what must be
so: `asked`, `form`, `heard`, `not_heard`, `slots`, `outcome`, `level`, `exit`, `stage`, `shown`.
"""

import itertools
from typing import Any

import httpx

# What a DSL says who has a worry and no dangers to report: a test names only what differs.
PLAIN_ANSWERS = {
    "child_area": "Kent",
    "in_danger": "No",
    "goes_home": "Later this week",
    "about_staff": "No",
    "school_alias": "Not now",
    "worry": "always hungry and hides food in his bag, dirty uniform most days",
    "understood": "That is right",
    "red_flag_list": ["None of these"],
    "open_case": "Not that I know of",
    "age_band": "5 to 9",
    "how_known": "Seen by me or a colleague",
    "child_said": "They have said nothing",
    "injury": "None",
    "sexual": "No",
    "how_often": "Most days",
    "trend": "The same",
    "effect": "Some",
    "household": "Don't know",
    "baby_at_home": "No",
    "parent_capacity": "They care and need support",
    "parental_factors": ["None of these"],
    "protective": "Nothing that I know of",
    "tried": ["Nothing yet"],
    "other_services": ["None"],
    "parents_know": "They know and agree",
    "child_wants": "Nobody has asked",
    "safe_scale": "7",
    "dsl_view": "Early help",
}
_ids = itertools.count(1)


class Talk:
    """One consultation, held over HTTP."""

    def __init__(self, house: Any, area: str | None = None, practice: str | None = None) -> None:
        self.house = house
        self._http = httpx.Client(base_url=house.url, headers={"Origin": house.url}, timeout=60)
        self.open(area, practice=practice)

    def open(self, area: str | None = None, school: int = 0, practice: str | None = None) -> None:
        """Sign in at a school of the demo, and open a consultation or practice: a new one if there was one."""
        code = self.house.demo["schools"][school]["code"]
        self._http.post("/api/session", json={"code": code}).raise_for_status()
        opened = self._http.post("/api/consultations", json={"area": area, "practice": practice})
        opened.raise_for_status()
        self.id = opened.json()["id"]
        self.last: dict[str, Any] = {"replies": []}

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def say(self, text: str) -> dict[str, Any]:
        """Type something."""
        return self._post({"text": text})

    def choose(self, titles: str | list[str]) -> dict[str, Any]:
        """Press a button by its title, or tick several."""
        ids = self._ids()
        wanted = [titles] if isinstance(titles, str) else titles
        missing = [title for title in wanted if title not in ids]
        assert not missing, f"{missing} is not among {sorted(ids)}"
        chosen = [ids[title] for title in wanted]
        return self._post({"choice": chosen[0]} if isinstance(titles, str) else {"choices": chosen})

    def change(self, label: str) -> dict[str, Any]:
        """Press "change" beside a row of a table: of the last one that has such a row."""
        tables = [m["card"] for m in self.messages() if m["card"] and m["card"]["kind"] == "table"]
        rows = {row["label"]: row["change"] for table in tables for row in table["rows"]}
        return self._post({"choice": rows[label]})

    def finish(self, but: dict[str, Any] | None = None, until: str | None = None) -> None:
        """Answer what is asked until the form ends, or until one question is open."""
        answers = {**PLAIN_ANSWERS, "answers_checked": "Yes, work it out", **(but or {})}
        for _ in range(60):
            now = self.tracker()  # asked for once a question: it is what takes longest here
            asked, form = now["slots"].get("requested_slot"), (now.get("active_loop") or {}).get("name")
            if form != "consultation_form" or asked == until:
                return
            answer = answers[asked]
            titles = self._ids()
            if isinstance(answer, list) or answer in titles:
                self.choose(answer)
            else:
                self.say(answer)
        raise AssertionError(f"the questions did not end; last asked: {self.asked()}")

    def messages(self) -> list[dict[str, Any]]:
        """Return every message so far, as the widget sees it."""
        person = self._http.get(f"/api/consultations/{self.id}")
        person.raise_for_status()
        stored = self.house.built.records.messages(self.id)
        from bot.web.outward import message_out

        return [message_out(m).model_dump(mode="json") for m in stored]

    def tracker(self) -> dict[str, Any]:
        """Return Rasa's side of it."""
        return self.house.tracker(self.id)

    def asked(self) -> str | None:
        """Return the question that is open."""
        return self.tracker()["slots"].get("requested_slot")

    def form(self) -> str | None:
        """Return the form that is active."""
        return (self.tracker().get("active_loop") or {}).get("name")

    def heard(self) -> list[str]:
        """Return the names of the responses said since the DSL spoke last."""
        said: list[str] = []
        for event in self.tracker()["events"]:
            if event["event"] == "user":
                said = []
            elif event["event"] == "bot":
                said.append((event.get("metadata") or {}).get("utter_action") or "card")
        return said

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        sent = {"client_message_id": f"test-{next(_ids):06}", **body}
        answer = self._http.post(f"/api/consultations/{self.id}/messages", json=sent)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        self.last = answer.json()
        return self.last

    def _ids(self) -> dict[str, str]:
        """Return what can be pressed or ticked now, latest last, by title."""
        ids: dict[str, str] = {}
        for message in self.messages():
            ids.update({b["title"]: b["id"] for b in message["buttons"]})
            card = message["card"] or {}
            ids.update({o["title"]: o["id"] for o in card.get("options", ())})
        return ids
