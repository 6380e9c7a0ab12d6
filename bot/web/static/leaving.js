// Leaving quickly, which signs out, and hiding the page from whoever walks in.
// Says "veil" on the document whenever the page is hidden or shown again.

import { ExitThisPage } from "./govuk/exit-this-page.js";

const $ = (id) => document.getElementById(id);
const veil = $("veil");
const TWICE = 1000; // milliseconds between two presses of Escape

export const veiled = () => Boolean(veil?.open);

class Leaving extends ExitThisPage {
  exitPage() {
    fetch("/api/session", { method: "DELETE", keepalive: true }).catch(() => {});
    super.exitPage();
    location.replace(this.$button.href); // Back does not lead to the page that was left
  }
}

for (const part of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) new Leaving(part);

// A modal dialog: what is under it is inert, is not read out, and gets the focus back when it closes.
let title = document.title, pressed = -Infinity;

function hide() {
  if (veiled()) return;
  title = document.title;
  veil.showModal();
  document.title = veil.dataset.title;
  document.dispatchEvent(new Event("veil"));
}

function shown() {
  document.title = title;
  document.dispatchEvent(new Event("veil"));
}

function onKey(event) {
  if (veiled()) return underVeil(event);
  const plain = event.key === "Escape" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  const free = !event.repeat && !event.isComposing && !event.defaultPrevented && !document.querySelector("dialog[open]");
  if (!plain || !free) { pressed = -Infinity; return; }
  if (event.timeStamp - pressed < TWICE) {
    event.preventDefault(); // or the same press would close what it opens
    hide();
  }
  pressed = event.timeStamp;
}

// A key that is still being hammered or held down from hiding does not bring the page back.
function underVeil(event) {
  if (!["Escape", "Enter", " "].includes(event.key)) return;
  const again = event.repeat || (event.key === "Escape" && event.timeStamp - pressed < TWICE);
  event.preventDefault();
  pressed = event.key === "Escape" ? event.timeStamp : -Infinity;
  if (!again) veil.close();
}

if (veil) {
  $("hide").hidden = false;
  $("hide").addEventListener("click", hide);
  $("unhide").addEventListener("click", () => veil.close());
  veil.addEventListener("close", shown);
  document.addEventListener("keydown", onKey);
  // Whatever else names the page meanwhile, such as how many messages came, waits.
  new MutationObserver(() => {
    if (!veiled() || document.title === veil.dataset.title) return;
    title = document.title;
    document.title = veil.dataset.title;
  }).observe(document.querySelector("title"), { childList: true });
}
