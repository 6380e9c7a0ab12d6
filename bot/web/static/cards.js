// Cards: a table of what was said, sections with their sources, and lists to tick. What people said is only ever set as text.

import { inline, make, say } from "./words.js";

const hidden = (text) => make("span", { className: "govuk-visually-hidden", textContent: text });

function table(card, hands) {
  const rows = card.rows.map((row) => line(row, hands));
  return [make("h3", { className: "govuk-heading-s", textContent: card.title }), make("dl", { className: "govuk-summary-list rows" }, ...rows)];
}

// One row of a table, with its words folded and its way to change it.
export function line(row, hands) {
  const said = make("dd", { className: "govuk-summary-list__value" }, make("span", {}, ...inline(row.value)));
  if (row.words.length) said.append(quotes(row.words));
  const change = row.change && hands.choose
    ? make("dd", { className: "govuk-summary-list__actions rows__change" },
      choice("change", row.change, row.change_label ?? say("change"), hands, row.label + ": " + row.value))
    : null;
  return make("div", { className: "govuk-summary-list__row" + (change ? "" : " govuk-summary-list__row--no-actions") },
    make("dt", { className: "govuk-summary-list__key", textContent: row.label }), said, change);
}

function quotes(words) {
  return make("details", { className: "folded" }, make("summary", { textContent: say("your_words") }),
    ...words.map((quote) => make("blockquote", {}, ...inline(quote))));
}

function sections(card) {
  const parts = [make("h3", { className: "govuk-heading-s", textContent: card.title })];
  if (card.lead) parts.push(make("p", { className: "card__lead" }, ...inline(card.lead)));
  for (const section of card.sections ?? []) {
    const list = make("ul", {}, ...section.items.map(item));
    if (section.folded) parts.push(make("details", { className: "folded" }, make("summary", { textContent: section.heading }), list));
    else parts.push(make("h4", { className: "govuk-heading-s", textContent: section.heading }), list);
  }
  if (card.copy) parts.push(...copyable(card.copy));
  return parts;
}

function item({ text, source, url }) {
  const line = make("li", {}, ...inline(text));
  const safe = url && /^(https:\/\/|\/[a-z])/.test(url); // a page elsewhere, or one of our own
  if (source || safe) {
    const where = safe
      ? make("a", { className: "govuk-link", href: url, target: "_blank", rel: "noopener noreferrer" }, source ?? url, " " + say("new_tab"))
      : source;
    line.append(" ", make("small", { className: "source" }, where));
  }
  return line;
}

function copyable(text) {
  const shown = make("pre", { textContent: text, tabIndex: 0 });
  const button = small(say("copy"), () => copy(text, shown, button));
  return [shown, button];
}

// A small button beside what it is about.
export function small(title, does, about) {
  const button = make("button", { type: "button", className: "govuk-button govuk-button--secondary small", textContent: title });
  if (about) button.append(hidden(` (${about})`));
  button.addEventListener("click", does);
  return button;
}

export async function copy(text, shown, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = say("copied");
  } catch {
    getSelection().selectAllChildren(shown);
    button.textContent = say("copy_failed");
  }
}

export function choice(className, id, title, hands, about) {
  const button = make("button", { type: "button", className, textContent: title });
  if (about) button.append(hidden(" " + about));
  button.addEventListener("click", (event) => hands.choose({ choice: id }, event));
  return button;
}

function ticks(card, hands, { number, text: question }) {
  const boxes = card.options.map((option) => make("input",
    { className: "govuk-checkboxes__input", type: "checkbox", id: "tick-" + option.id, value: option.id, data: { alone: option.alone } }));
  // Empty as long as nothing is wrong: an alert that is only hidden is read out by some when it changes.
  const wrong = make("p", { className: "govuk-error-message", hidden: true, id: "ticks-wrong-" + number });
  wrong.setAttribute("role", "alert");
  const complain = (is) => { wrong.hidden = !is; wrong.replaceChildren(...(is ? [hidden(say("error") + " "), say("tick_one")] : [])); };
  const items = boxes.map((box, place) => make("div", { className: "govuk-checkboxes__item" }, box,
    make("label", { className: "govuk-label govuk-checkboxes__label", htmlFor: box.id, textContent: card.options[place].title })));
  const group = make("fieldset", { className: "govuk-fieldset ticks" }, make("legend", { className: "govuk-visually-hidden", textContent: question }),
    wrong, make("div", { className: "govuk-checkboxes govuk-checkboxes--small" }, ...items),
    hands.choose ? make("button", { type: "submit", className: "govuk-button", textContent: say("send_ticks") }) : null);
  group.setAttribute("aria-describedby", wrong.id);
  const form = make("form", {}, group);
  form.addEventListener("change", ({ target }) => {
    if (!wrong.hidden) complain(false);
    if (!target.checked) return;
    for (const box of boxes) {
      if (box !== target && (target.dataset.alone === "true" || box.dataset.alone === "true")) box.checked = false;
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    complain(!chosen.length);
    if (chosen.length) hands.choose({ choices: chosen }, event);
    else boxes[0]?.focus();
  });
  return [form, onPaper(card.options)];
}

// What could be chosen: gone from the page once something was, but readable on paper.
export const onPaper = (options) =>
  make("p", { className: "offered on-paper", ariaHidden: "true" }, ...options.map((option) => make("span", { textContent: option.title })));

export function draw(card, hands, message) {
  const drawn = { table, sections, ticks }[card.kind]?.(card, hands, message) ?? [];
  return make("div", { className: "card card--" + card.kind }, ...drawn);
}
