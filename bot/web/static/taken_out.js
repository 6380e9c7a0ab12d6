// What was taken out of the DSL's own messages. What they typed is held here, in memory, and nowhere
// else: it goes when the page is closed or left. So does what they have said is no name.

import { small } from "./cards.js";
import { make, say } from "./words.js";

const MOST = 40; // words that are no names
const typed = new Map(); // by message number: the text as typed, what was taken out, the words it was sent with
const noNames = new Set();

export const saidNoNames = () => [...noNames];
export const typedAs = (number) => typed.get(number);
export const hold = (number, what) => typed.set(number, what);
export const forget = () => { typed.clear(); noNames.clear(); };

// The words of a stretch that may be no name after all, while there is room for more of them.
export function wordsIn(stretch) {
  const found = stretch.normalize("NFC").replace(/[‘’ʼ´`′]/g, "'").match(/\p{L}+(?:'\p{L}+)*/gu) ?? [];
  const words = [...new Set(found)].filter((word) => word.length <= 40 && !noNames.has(word));
  return noNames.size + words.length <= MOST ? words : [];
}

export function notNames(words) {
  for (const word of words) noNames.add(word);
}

// Offsets count characters as people do; JavaScript counts the halves of some.
export const stretchOf = (text, { start, end }) => [...text].slice(start, end).join("");

// Lets each mark of a message be opened, if it is known what was typed there. `putBack(words)` writes the
// message anew; without it a mark can be looked at only. Says whether there was any to open.
export function open(node, message, putBack) {
  const held = typed.get(message.number);
  const marks = [...node.querySelectorAll(".turn__body mark")];
  const taken = held ? inOrder(held, message.shown) : [];
  if (taken.length !== marks.length) return false;
  marks.forEach((mark, place) => {
    if (taken[place]) mark.replaceWith(opener(mark.textContent, () => told(held.text, taken[place], putBack)));
  });
  return taken.some(Boolean);
}

// The marks of a message in order: what was taken out, and null for one that was typed with its brackets.
function inOrder({ text, removed }, shown) {
  const ours = new RegExp(shown.map((one) => one.replace(/[[\]]/g, "\\$&")).join("|"), "g");
  const letters = [...text], found = [];
  let at = 0;
  const upTo = (end) => {
    const typedSo = shown.length ? letters.slice(at, end).join("").match(ours) ?? [] : [];
    found.push(...typedSo.map(() => null));
  };
  for (const one of removed) { upTo(one.start); found.push(one); at = one.end; }
  upTo(letters.length);
  return found;
}

// What was typed stands in the page only while its mark is open.
function opener(shown, told) {
  const mark = make("button", { type: "button", className: "mark", textContent: shown });
  mark.setAttribute("aria-label", say("mark_about", { shown }));
  let below = null;
  const show = (is) => {
    below?.remove();
    below = is ? told() : null;
    if (below) mark.after(below);
    below?.addEventListener("keydown", close);
    mark.setAttribute("aria-expanded", is);
  };
  const close = (event) => { if (event.key === "Escape" && below) { show(false); mark.focus(); } };
  mark.addEventListener("click", () => {
    const is = !below; // one at a time
    mark.closest(".turn").querySelector('.mark[aria-expanded="true"]')?.dispatchEvent(new Event("shut"));
    show(is);
  });
  mark.addEventListener("shut", () => show(false));
  mark.addEventListener("keydown", close);
  show(false);
  return mark;
}

function told(text, taken, putBack) {
  const was = stretchOf(text, taken);
  const words = taken.restorable && putBack ? wordsIn(was) : [];
  return make("span", { className: "told" },
    make("span", {}, say("you_typed") + " ", make("b", { textContent: was }), ". " + say("not_kept")),
    ...words.map((word) => {
      const title = words.length > 1 ? say("put_back_word", { word }) : say("put_back");
      return small(title, () => putBack([word]));
    }));
}
