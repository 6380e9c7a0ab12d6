// Whether a text is what a message was made from: it was kept, though the answer that said so was lost on the way.

const even = (text) => text.trim().replace(/\s+/g, " ");
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// `message` has placeholders where something was taken out, and the text may still have what stood there.
export function turnedUp(text, message) {
  const marks = message.shown.map(literally);
  const parts = marks.length ? even(message.text).split(new RegExp(marks.join("|"))) : [even(message.text)];
  return new RegExp(`^${parts.map(literally).join("[^]+?")}$`).test(even(text));
}
