// Draws a conversation, for the widget and the console. What people said is only ever set as text.

import { choice, draw, onPaper } from "./cards.js";
import { clock, inline, make, say, takenOut } from "./words.js";

export { copy } from "./cards.js";
export { follow } from "./stream.js";
export { clock, day, make, say } from "./words.js";

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

// One message as one node. `hands.choose(answer, event)` is called for a button; without it there are none.
export function turn(message, hands = {}) {
  takenOut(message.shown);
  const when = make("time", { dateTime: message.at, textContent: clock(message.at) });
  const speaker = make("b", { textContent: say(message.speaker) });
  const says = make("span", { className: "govuk-visually-hidden", textContent: say(message.speaker === "dsl" ? "you_said" : "said") });
  const node = make("div", { className: "turn turn--" + message.speaker, data: { number: message.number } },
    make("p", { className: "turn__who" }, speaker, says, when),
    message.text ? prose(message.text) : null,
    message.card ? draw(message.card, hands, message) : null);
  if (message.shown.length && ["dsl", "duty_worker"].includes(message.speaker)) note(node, say("taken_out", { shown: message.shown.join(", ") }), message.shown);
  if (message.buttons.length && hands.choose) {
    const group = make("div", { className: "replies" },
      ...message.buttons.map((button) => choice("reply", button.id, button.title, hands)));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say("choices"));
    node.append(group, onPaper(message.buttons));
  } else if (message.buttons.length) {
    node.append(make("p", { className: "offered" }, ...message.buttons.map((b) => make("span", { textContent: b.title }))));
  }
  return node;
}

// Puts the text of a message that was written anew in the place of the old one: nothing else is drawn again.
export function rewrite(node, message) {
  takenOut(message.shown);
  node.setAttribute("aria-live", "off"); // it was said before, and whoever changed it is led to it
  node.querySelector(".turn__body").replaceWith(prose(message.text));
  if (!message.shown.length) node.querySelector(".turn__note")?.remove();
}

// What was taken out, under the message it was taken from.
export function note(node, line, shown) {
  takenOut(shown);
  let place = node.querySelector(".turn__note");
  place ??= node.appendChild(make("p", { className: "turn__note" }));
  if (place.textContent !== line) place.replaceChildren(...inline(line));
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
