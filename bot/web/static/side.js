// Beside the conversation: the step it is at, and what is understood so far. Both come from the records.

import { line } from "./cards.js";
import { inline, make, say, takenOut } from "./words.js";

// Returns what is called with each state. A new step is read out, a question less is not.
export function stepping(box, step, left, marks) {
  return ({ step: now }) => {
    box.hidden = !now;
    if (!now) { step.textContent = ""; return; }
    const words = say("step", now);
    if (step.textContent !== words) step.textContent = words;
    left.textContent = now.left > 1 ? say("left_many", now) : now.left ? say("left_one") : "";
    marks.replaceChildren(...Array.from({ length: now.of }, (_, place) =>
      make("i", { className: place + 1 < now.number ? "is-done" : place + 1 === now.number ? "is-now" : "" })));
  };
}

// Keeps what is understood in `box`. `choose(answer, event)` changes a row. Returns what is called with each state.
export function understanding(box, url, choose) {
  let shown = null, asked = 0;

  async function fetched() {
    const turn = ++asked;
    const answer = await fetch(url).catch(() => null);
    const got = answer?.ok ? await answer.json().catch(() => null) : null;
    if (got && turn === asked) redraw(got);
    if (!got) shown = null; // the next state asks again
  }

  function redraw(got) {
    // Whoever stands on a row stays there.
    const at = box.contains(document.activeElement) ? document.activeElement.dataset.row : null;
    const open = new Set([...box.querySelectorAll("details[open]")].map((one) => one.closest("[data-row]")?.dataset.row));
    takenOut(got.removed);
    box.replaceChildren(...["child", "worries", "answers", "unsure"].flatMap((group) => part(group, got[group])), ...removed(got.removed));
    for (const row of box.querySelectorAll("[data-row] details")) row.open = open.has(row.closest("[data-row]").dataset.row);
    if (at) (box.querySelector(`.change[data-row="${CSS.escape(at)}"]`) ?? box).focus({ preventScroll: true });
  }

  function part(group, rows) {
    if (!rows.length) return [];
    const drawn = rows.map((row) => {
      const node = line(row, row.change ? { choose } : {});
      node.dataset.row = row.change ?? row.label;
      const change = node.querySelector(".change");
      if (change) change.dataset.row = node.dataset.row;
      return node;
    });
    return [make("h3", { className: "govuk-heading-s", textContent: say("known_" + group) }), make("dl", { className: "govuk-summary-list rows" }, ...drawn)];
  }

  function removed(shown) {
    if (!shown.length) return [];
    return [make("h3", { className: "govuk-heading-s", textContent: say("known_removed") }), make("p", { className: "govuk-body-s" }, ...inline(shown.join(", ")))];
  }

  const look = (now) => {
    if (now && now.understood === shown) return;
    shown = now?.understood ?? shown;
    fetched();
  };
  return look;
}

// Where there is room all of it is open; on paper too, and afterwards as it was.
export function unfolding() {
  const roomy = matchMedia("(min-width: 64rem)");
  const unfold = () => { for (const part of document.querySelectorAll(".side > details")) part.open = roomy.matches; };
  roomy.addEventListener("change", unfold);
  unfold();
  let shut = [];
  addEventListener("beforeprint", () => {
    shut = [...document.querySelectorAll("details:not([open])")];
    for (const one of shut) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of shut) one.open = false; });
}
