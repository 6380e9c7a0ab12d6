// What colleagues passed on: an urgent word that nobody has seen yet, and their words as a draft for the worry.

import { clock, day, make, say } from "./words.js";

// Returns what is called with each state.
export function urging(line) {
  return ({ staff_urgent_at: at }) => {
    line.hidden = !at;
    if (!at || line.dataset.at === at) return; // said once, though states come often
    line.dataset.at = at;
    const when = day(at) === day(Date.now()) ? clock(at) : `${clock(at)}, ${day(at)}`;
    line.replaceChildren(say("staff_urgent", { when }) + " ", make("a", { href: "/staff", textContent: say("see_staff") }));
  };
}

// Puts a colleague's words into the empty box, once, as soon as the worry is asked for. Nothing is sent by it.
export function drafting(box, line, url) {
  let over = !line, asking = false;
  return async () => {
    if (over || asking || box.value) return;
    asking = true;
    const answer = await fetch(url).catch(() => null);
    const got = answer?.ok ? await answer.json().catch(() => null) : null;
    asking = false;
    if (!got?.words || box.value) return;
    over = true;
    box.value = got.words;
    line.hidden = false;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
}
