// Draws a conversation, for the widget and the console. What people said is only ever set as text.

const words = new Map();
for (const word of document.querySelector("#words")?.content.children ?? []) {
  words.set(word.dataset.word, word.textContent);
}

export function say(name, values = {}) {
  const found = words.get(name) ?? "";
  return found.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export function make(tag, properties = {}, ...children) {
  const { data, ...rest } = properties;
  const node = Object.assign(document.createElement(tag), rest);
  Object.assign(node.dataset, data);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const LONDON = { timeZone: "Europe/London" };
export const clock = (at) =>
  new Date(at).toLocaleTimeString("en-GB", { ...LONDON, hour: "numeric", minute: "2-digit", hour12: true }).replace(" ", "");
export const day = (at, month = "long") =>
  new Date(at).toLocaleDateString("en-GB", { ...LONDON, day: "numeric", month, year: "numeric" }).replace("Sept", "Sep");

// **strong**, and the placeholders of what was taken out, such as [parent 1].
let taken = [];

function inline(text) {
  const marks = [/\*\*[^*]+\*\*/.source, ...taken.map((one) => one.replace(/[[\]]/g, "\\$&"))];
  return text.split(new RegExp(`(${marks.join("|")})`)).filter(Boolean).map((part) => {
    if (part.startsWith("**") && part.length > 4) return make("strong", {}, ...inline(part.slice(2, -2)));
    return taken.includes(part) ? make("mark", { textContent: part }) : part;
  });
}

// Lines are paragraphs; lines that begin with a hyphen are a list.
function prose(text) {
  const body = make("div", { className: "turn__body" });
  let list = null;
  for (const line of text.split("\n")) {
    if (!line.trim()) { list = null; continue; }
    if (/^\s*- /.test(line)) {
      list ??= body.appendChild(make("ul"));
      list.append(make("li", {}, ...inline(line.replace(/^\s*- /, ""))));
    } else {
      list = null;
      body.append(make("p", {}, ...inline(line)));
    }
  }
  return body;
}

function table(card, hands) {
  const rows = card.rows.map((row) => {
    const said = make("dd", {}, make("span", {}, ...inline(row.value)));
    if (row.words.length) {
      said.append(make("details", {}, make("summary", { textContent: say("your_words") }),
        ...row.words.map((quote) => make("blockquote", {}, ...inline(quote)))));
    }
    const change = row.change && hands.choose
      ? make("dd", { className: "rows__change" }, choice("link", row.change, row.change_label ?? say("change"), hands, row.label + ": " + row.value))
      : null;
    return make("div", {}, make("dt", { textContent: row.label }), said, change);
  });
  return [make("h3", { textContent: card.title }), make("dl", { className: "rows" }, ...rows)];
}

function sections(card) {
  const parts = [make("h3", { textContent: card.title })];
  if (card.lead) parts.push(make("p", { className: "card__lead" }, ...inline(card.lead)));
  for (const section of card.sections ?? []) {
    const list = make("ul", {}, ...section.items.map(item));
    if (section.folded) parts.push(make("details", {}, make("summary", { textContent: section.heading }), list));
    else parts.push(make("h4", { textContent: section.heading }), list);
  }
  if (card.copy) parts.push(...copyable(card.copy));
  return parts;
}

function item({ text, source, url }) {
  const line = make("li", {}, ...inline(text));
  const safe = url && /^(https:\/\/|\/[a-z])/.test(url); // a page elsewhere, or one of our own
  if (source || safe) {
    const where = safe
      ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, source ?? url, " " + say("new_tab"))
      : source;
    line.append(" ", make("small", { className: "source" }, where));
  }
  return line;
}

function copyable(text) {
  const shown = make("pre", { textContent: text, tabIndex: 0 });
  const button = make("button", { type: "button", className: "button button--second button--small", textContent: say("copy") });
  button.addEventListener("click", () => copy(text, shown, button));
  return [shown, button];
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

function choice(className, id, title, hands, about) {
  const button = make("button", { type: "button", className, textContent: title });
  if (about) button.append(make("span", { className: "unseen", textContent: " " + about }));
  button.addEventListener("click", (event) => hands.choose({ choice: id }, event));
  return button;
}

function ticks(card, hands, { number, text: question }) {
  const boxes = card.options.map((option) =>
    make("input", { type: "checkbox", id: "tick-" + option.id, value: option.id, data: { alone: option.alone } }));
  const wrong = make("p", { className: "wrong", hidden: true, textContent: say("tick_one"), id: "ticks-wrong-" + number });
  wrong.setAttribute("role", "alert");
  const send = make("button", { type: "submit", className: "button", textContent: say("send_ticks") });
  const form = make("form", { className: "sheetless" },
    make("fieldset", { className: "ticks" }, make("legend", { className: "unseen", textContent: question }),
      ...boxes.map((box, place) => make("label", { className: "tick", htmlFor: box.id }, box, card.options[place].title)),
      wrong, hands.choose ? send : null));
  form.addEventListener("change", ({ target }) => {
    wrong.hidden = true;
    if (!target.checked) return;
    for (const box of boxes) {
      if (box !== target && (target.dataset.alone === "true" || box.dataset.alone === "true")) box.checked = false;
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    wrong.hidden = chosen.length > 0;
    if (chosen.length) hands.choose({ choices: chosen }, event);
    else boxes[0]?.focus();
  });
  return [form];
}

function draw(card, hands, message) {
  const drawn = { table, sections, ticks }[card.kind]?.(card, hands, message) ?? [];
  return make("div", { className: "card card--" + card.kind }, ...drawn);
}

// One message as one node. `hands.choose(answer, event)` is called for a button; without it there are none.
export function turn(message, hands = {}) {
  taken = message.shown;
  const when = make("time", { dateTime: message.at, textContent: clock(message.at) });
  const node = make("div", { className: "turn turn--" + message.speaker, data: { number: message.number } },
    make("p", { className: "turn__who" }, make("b", { textContent: say(message.speaker) }), when),
    message.text ? prose(message.text) : null,
    message.card ? draw(message.card, hands, message) : null);
  if (taken.length && ["dsl", "duty_worker"].includes(message.speaker)) note(node, say("taken_out", { shown: taken.join(", ") }), taken);
  if (message.buttons.length && hands.choose) {
    const group = make("div", { className: "replies" },
      ...message.buttons.map((button) => choice("reply", button.id, button.title, hands)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say("choices"));
    node.append(group);
  } else if (message.buttons.length) {
    node.append(make("p", { className: "offered" }, ...message.buttons.map((b) => make("span", { textContent: b.title }))));
  }
  return node;
}

// What was taken out, under the message it was taken from.
export function note(node, line, shown) {
  taken = shown;
  let place = node.querySelector(".turn__note");
  place ??= node.appendChild(make("p", { className: "turn__note" }));
  if (place.textContent !== line) place.replaceChildren(...inline(line));
}

// Follows the events at `url`, from message `after` on, and comes back by itself after any break.
export function follow(url, after, on) {
  let last = after;
  let source;
  let stopped = false;
  const stop = () => { stopped = true; source.close(); };
  const open = () => {
    if (stopped) return;
    source = new EventSource(`${url}?after=${last}`);
    source.addEventListener("open", () => on.online());
    source.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.number > last) { last = message.number; on.message(message); }
    });
    source.addEventListener("state", (event) => on.state(JSON.parse(event.data)));
    source.addEventListener("typing", (event) => on.typing(event.data));
    source.addEventListener("queue", (event) => on.queue?.(event.data));
    source.addEventListener("gone", () => { stop(); on.gone?.(); });
    source.addEventListener("signed_out", () => { stop(); on.signedOut(); });
    source.addEventListener("error", async () => {
      if (stopped) return;
      on.offline();
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(open, 3000);
    });
  };
  open();
  return stop;
}

// An id for what is sent. It stays the same as long as the text does, so that what was sent once and not
// answered for is not said twice; another text gets another id.
export const mint = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function once() {
  let unsent = null;
  return {
    id(text) { unsent = unsent?.text === text ? unsent : { text, id: mint() }; return unsent.id; },
    done() { unsent = null; },
  };
}

// Shows for a moment who is writing.
export function writing(box, wordsBox) {
  let timer;
  return {
    show(line, milliseconds) {
      wordsBox.textContent = line;
      box.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(() => { box.hidden = true; }, milliseconds);
    },
    hide() { clearTimeout(timer); box.hidden = true; },
  };
}

// Enter sends, Shift and Enter makes a new line; the box grows with what is in it. `onWriting` is called
// now and then while somebody writes, and says whether anybody was told.
export function composer(form, box, onWriting) {
  let noticed = 0;
  const grow = () => { box.style.height = "auto"; box.style.height = box.scrollHeight + 4 + "px"; };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener("input", () => {
    grow();
    if (box.value && Date.now() - noticed > 3000 && onWriting()) noticed = Date.now();
  });
  return grow;
}
