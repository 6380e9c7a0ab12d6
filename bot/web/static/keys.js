// Shortcuts of the duty desk. Which key does what stands in the table of the page, and nowhere else.
// None works inside a field, with Ctrl, Alt or Cmd, or after they were turned off in this browser (WCAG 2.1.4).

const $ = (id) => document.getElementById(id);
const sheet = $("keys");
const KEPT = "keys-off";
const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

const links = () => [...document.querySelectorAll("table.queue tbody th a")];

function move(by, event) {
  const all = links(), at = all.indexOf(document.activeElement);
  // The arrows scroll the page, as everywhere, until a row has been chosen.
  if (!all.length || (event.key.startsWith("Arrow") && at < 0)) return false;
  all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)].focus();
  return true;
}

function press(button, event) {
  if (!event.repeat) button?.click();
  return Boolean(button);
}

function into(field) {
  field?.focus();
  return Boolean(field);
}

function answer() {
  const form = $("closing");
  if (form) form.open = true;
  return into(form?.querySelector("input"));
}

function search() {
  if (!into($("reference"))) location.assign("/duty/search");
  return true;
}

function show() {
  sheet.showModal();
  return true;
}

const acts = {
  down: (event) => move(1, event),
  up: (event) => move(-1, event),
  next: (event) => press($("next"), event),
  claim: (event) => press(document.querySelector(".claim button"), event),
  reply: () => into($("text")),
  answer,
  search,
  show,
};

let on = true;
function turn(to) {
  on = to;
  $("keys-on").hidden = on;
  $("keys-off").hidden = !on;
  $("keys-are-off").hidden = on;
}

if (sheet) {
  const keys = new Map();
  for (const row of sheet.querySelectorAll("[data-act]")) for (const key of row.dataset.keys.split(" ")) keys.set(key, acts[row.dataset.act]);
  $("keys-open").hidden = false;
  $("keys-open").addEventListener("click", show);
  $("keys-close").addEventListener("click", () => sheet.close());
  turn(localStorage.getItem(KEPT) !== "yes");
  for (const [id, to] of [["keys-on", true], ["keys-off", false]]) $(id).addEventListener("click", () => {
    turn(to);
    $(to ? "keys-off" : "keys-on").focus();
    localStorage.setItem(KEPT, to ? "no" : "yes");
  });
  document.addEventListener("keydown", (event) => {
    if (!on || sheet.open || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(FIELDS)) return;
    if (keys.get(event.key)?.(event)) event.preventDefault();
  });
}
