// The way to a person: asked for, waited for or not, and what can be done after an answer. It needs no assistant.

import { small } from "./cards.js";
import { make, say } from "./words.js";

const OFFERED = { with_assistant: ["ask"], offered: ["wait", "decline"], waiting: ["withdraw"], answered: ["settled", "again", "changed"],
  closed: ["again", "changed"], abandoned: ["again", "changed"] };

// Returns what is called with each state. `on.state` gets the state after something was done, `on.refuse` why not.
export function asking(box, api, on) {
  let shown = "", lines = [], busy = false;

  async function press(act) {
    if (busy) return;
    busy = true;
    const answer = await fetch(`${api}/person${act === "ask" ? "" : "/" + act}`, { method: "POST" }).catch(() => null);
    const got = await answer?.json().catch(() => null);
    busy = false; // not before: the stream may tell meanwhile that it was offered, and would have it asked for again
    if (!answer?.ok) return on.refuse(got?.message);
    if (act === "ask") { lines = got.lines; draw("offered", got.can_wait ? ["wait", "decline"] : ["decline"]); box.querySelector("button")?.focus(); }
    else {
      on.state(got);
      if (document.activeElement === document.body) box.querySelector("button, a")?.focus(); // its button is gone
    }
  }

  function draw(stage, acts) {
    shown = stage;
    const said = stage === "offered" ? lines.map((line) => make("p", { textContent: line.replaceAll("**", "") })) : [];
    const buttons = acts.map((act) => {
      return small(say("act_" + act), () => press(act));
    });
    const link = ["waiting", "claimed", "answered", "closed"].includes(stage) ? make("a", { href: on.outcome, textContent: say(["waiting", "claimed"].includes(stage) ? "see_call_back" : "see_outcome") }) : null;
    box.replaceChildren(...said, make("div", { className: "acts" }, ...buttons, link));
  }

  return ({ stage }) => {
    if (stage === shown) return;
    if (stage === "offered" && !lines.length) { press("ask"); return; }
    draw(stage, OFFERED[stage] ?? []);
  };
}
