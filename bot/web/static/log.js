// The log of a conversation: messages are put at its end, come into view, and are counted while nobody looks.

import { say } from "./words.js";

// `log` scrolls by itself; `newer` leads to its end. Returns what puts a message there and leads about.
export function following(log, newer) {
  const title = document.title;
  let follows = true, anchor = null, expected = 0, below = 0, unread = 0;

  // New messages come into view as long as the DSL has not scrolled away. Of several at once, or of a long
  // one, it is the beginning that stays in view.
  function place() {
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = expected = Math.round(Math.max(0, Math.min(end, anchor ? anchor.offsetTop - 8 : end)));
    if (expected >= end - 8) seen();
  }

  function toEnd() {
    anchor = null;
    follows = true;
    place();
  }

  function seen() {
    below = 0;
    newer.hidden = true;
  }

  function offer() {
    newer.textContent = below > 1 ? say("newer_many", { count: below }) : say(below ? "newer_one" : "newest");
    newer.hidden = false;
  }

  log.addEventListener("scroll", () => {
    if (Math.abs(log.scrollTop - expected) < 3) return;
    follows = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    if (follows) { anchor = null; seen(); } else offer();
  }, { passive: true });
  new ResizeObserver(() => { if (follows) place(); }).observe(log);

  // To the newest message, and the focus with it: the button is gone once it is pressed.
  newer.addEventListener("click", () => {
    toEnd();
    const newest = log.querySelector(".turn:last-of-type");
    if (newest) newest.tabIndex = -1;
    (newest ?? log).focus({ preventScroll: true });
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unread = 0;
    if (document.title.startsWith("(")) document.title = title;
  });

  // What somebody else said has come in as `node`.
  function came(node) {
    if (follows) { anchor ??= node; place(); }
    if (log.scrollTop + log.clientHeight < node.offsetTop + Math.min(node.offsetHeight, 80)) { below += 1; offer(); }
    if (document.hidden) { unread += 1; document.title = `(${unread}) ${title}`; }
  }

  return { came, toEnd };
}

// Under each message of one's own how far it has come. It is not read out: what was heard is heard once.
export function arrived(node, words) {
  let mark = node.querySelector(".turn__mark");
  if (!mark) {
    mark = document.createElement("p");
    mark.className = "turn__mark";
    mark.setAttribute("aria-live", "off");
    node.append(mark);
  }
  if (mark.textContent !== words) mark.textContent = words;
}
