// What would be taken out of a text, shown while it is being written. Silent when it cannot be told, but
// for one thing: that nothing typed can be taken in at all.

import { small } from "./cards.js";
import { notNames, saidNoNames, stretchOf, wordsIn } from "./taken_out.js";
import { say } from "./words.js";

const PAUSE = 600; // milliseconds without a key
const MOST = 6; // buttons
const SHUT = "utter_refused_not_safe";

export function previewing(box, line, acts, url) {
  let timer, asking = null, shown = "";

  function clear() {
    clearTimeout(timer);
    asking?.abort();
    draw("", []);
  }

  function draw(words, buttons) {
    if (words !== shown) line.textContent = shown = words; // only what is new is read out
    acts.replaceChildren(...buttons.slice(0, MOST));
  }

  async function ask() {
    const text = box.value;
    if (!text.trim()) return draw("", []);
    if (asking) return later(); // one at a time
    asking = new AbortController();
    try {
      const body = JSON.stringify({ text, not_names: saidNoNames() });
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(url, { method: "POST", body, headers, signal: asking.signal });
      const got = answer.ok ? await answer.json() : null;
      if (box.value === text) tell(text, got);
    } catch {
      // A preview that fails takes nothing away: what is sent is looked at all the same.
    } finally {
      asking = null;
    }
  }

  function tell(text, got) {
    if (got?.refusal) return draw(got.refusal.id === SHUT ? got.refusal.text : "", []);
    const marks = got?.marks ?? [], findable = got?.findable ?? [];
    const parts = [];
    if (marks.length) parts.push(say("will_go", { what: list(marks.map((mark) => stretchOf(text, mark))) }));
    if (findable.length) parts.push(say("may_point", { what: list(findable.map(({ words }) => `“${words}”`)) }));
    const words = new Set(marks.filter((mark) => mark.restorable).flatMap((mark) => wordsIn(stretchOf(text, mark))));
    draw(parts.join(" "), [
      ...[...words].map((word) => act(say("no_name", { word }), () => { notNames([word]); again(); })),
      ...findable.map((place) => act(say("use_vaguer", place), () => { use(place); again(); }, place.words)),
    ]);
  }

  function act(title, does, about) {
    return small(title, does, about);
  }

  function use({ start, end, words, vaguer }) {
    const letters = [...box.value];
    const from = letters.slice(start, end).join("") === words ? letters.slice(0, start).join("").length : box.value.indexOf(words);
    if (from < 0) return;
    const before = box.value.slice(0, from);
    const instead = /^\p{Lu}/u.test(words) && /(^|[.?!\n]\s*)$/.test(before) ? vaguer[0].toUpperCase() + vaguer.slice(1) : vaguer;
    box.setRangeText((/[\p{L}\d]$/u.test(before) ? " " : "") + instead, from, from + words.length, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function again() {
    box.focus({ preventScroll: true });
    clearTimeout(timer);
    ask();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  box.addEventListener("input", later);
  return { clear };
}

const list = (things) => [...new Set(things)].join(", ");
