// The reference: to be copied, and to be shown as kept before somebody leaves with nothing in their hands.

import { copy } from "./cards.js";
import { say } from "./words.js";

// `box` holds the question, with its buttons by `data-answer`. Returns what is called with each state.
export function keeping(box, url, refuse, after) {
  if (!box) return () => {};
  const wrong = box.querySelector(".govuk-error-message"), last = box.querySelector("input");

  async function answer(given) {
    const sent = await fetch(url, { method: "POST", body: JSON.stringify(given), headers: { "Content-Type": "application/json" } }).catch(() => null);
    const got = sent?.ok ? await sent.json().catch(() => null) : null;
    if (!got) return refuse();
    if (given.answer === "shown" && !got.kept) return miss();
    box.hidden = true;
    after(say(got.kept ? "reference_is_kept" : "reference_later"));
  }

  function miss() {
    wrong.hidden = false;
    last.setAttribute("aria-invalid", "true");
    last.classList.add("govuk-input--error");
    last.focus();
  }

  for (const button of box.querySelectorAll("[data-answer]")) {
    button.addEventListener("click", () => answer({ answer: button.dataset.answer }));
  }
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer({ answer: "shown", last: last.value.trim() });
  });

  return ({ keep_reference: asks }) => {
    if (box.hidden === !asks && box.dataset.asks === asks) return;
    box.dataset.asks = asks;
    box.hidden = !asks;
    box.querySelector("[data-why]").textContent = asks ? say("reference_" + asks) : "";
    box.querySelector('[data-answer="later"]').hidden = asks !== "ask";
  };
}

// Buttons that copy what `data-copy` names.
export function copying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const shown = document.querySelector(button.dataset.copy);
    button.addEventListener("click", () => copy(shown.textContent.trim(), shown, button));
  }
}
