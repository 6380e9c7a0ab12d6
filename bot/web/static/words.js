// The words of a page's own template, small nodes of them, and times as people read them.

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
export const takenOut = (shown) => { taken = shown; };

export function inline(text) {
  const marks = [/\*\*[^*]+\*\*/.source, ...taken.map((one) => one.replace(/[[\]]/g, "\\$&"))];
  return text.split(new RegExp(`(${marks.join("|")})`)).filter(Boolean).map((part) => {
    if (part.startsWith("**") && part.length > 4) return make("strong", {}, ...inline(part.slice(2, -2)));
    return taken.includes(part) ? make("mark", { textContent: part }) : part;
  });
}
