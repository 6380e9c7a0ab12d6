// Says before the sign-in ends that it will, and lets one stay; says when it has ended.
// To ask how long is left keeps nobody signed in. Another tab in use keeps this one signed in too, so before
// anything is shown the service is asked again.

const $ = (id) => document.getElementById(id);
const soon = $("staying"), ended = $("ended");
const words = document.getElementById("staying-words").content;
const word = (name) => words.querySelector(`[data-word="${name}"]`).textContent;
const MARKS = [10, 30, 60, 90, 120]; // seconds left at which it is said how many they are
const WARN = 130, SELDOM = 600, OFTEN = 15; // seconds: when it is said first; between two looks, before and after
let ends = 0, timer, ticking, asked = 0, told = false;

const left = () => Math.ceil((ends - Date.now()) / 1000);
const veiled = () => Boolean($("veil")?.open);

async function ask(way = "") {
  const answer = await fetch(soon.dataset.session + way, { method: way ? "POST" : "GET" }).catch(() => null);
  if (answer?.status === 401) return over();
  const got = answer?.ok ? await answer.json().catch(() => null) : null;
  asked = Date.now();
  if (got) know(got);
  else later(OFTEN);
  return Boolean(got);
}

function later(seconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, seconds * 1000);
}

function know({ seconds_left: seconds, can_stay: canStay }) {
  ends = Date.now() + seconds * 1000;
  if (seconds <= WARN) return warn(canStay);
  told = false;
  clearInterval(ticking);
  if (soon.open) soon.close();
  later(Math.min(seconds - WARN, SELDOM));
}

// Nothing is laid over a page that was hidden: it waits until the page is shown again.
function warn(canStay) {
  later(Math.max(1, Math.min(OFTEN, left())));
  $("stay").hidden = !canStay;
  $("staying-most").hidden = canStay;
  if (soon.open || told || veiled()) return;
  $("staying-wrong").hidden = true;
  soon.showModal();
  ($("stay").hidden ? soon.querySelector("button:not([hidden])") : $("stay"))?.focus();
  tick();
  clearInterval(ticking);
  ticking = setInterval(tick, 1000);
}

// Said at a few moments, politely, and not every second.
function tick() {
  const mark = MARKS.find((seconds) => left() <= seconds) ?? MARKS.at(-1);
  const line = word(mark);
  if ($("staying-left").textContent !== line) $("staying-left").textContent = line;
}

async function stay() {
  $("staying-wrong").hidden = true;
  $("staying-wrong").hidden = await ask("/stay") !== false;
}

function over() {
  clearTimeout(timer);
  clearInterval(ticking);
  document.body.classList.add("is-over");
  if (soon.open) soon.close();
  if (veiled() || ended.open) return;
  document.title = word("title");
  ended.showModal();
  $("sign-in-again").focus();
}

$("stay").addEventListener("click", stay);
soon.addEventListener("cancel", (event) => {
  if ($("stay").hidden) { told = true; return; } // it was read, and cannot be changed
  event.preventDefault();
  stay();
});
soon.addEventListener("close", () => clearInterval(ticking));
ended.addEventListener("close", () => ended.showModal());
document.addEventListener("signed-out", over);
document.addEventListener("veil", () => {
  if (veiled()) return;
  if (document.body.classList.contains("is-over")) over();
  else ask();
});
// Timers sleep with the machine and in tabs that nobody looks at.
document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - asked > OFTEN * 1000) ask(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) back(); });
window.addEventListener("pagehide", () => document.body.classList.add("is-over"));

// A page that the browser kept and brings back, perhaps after signing out, is shown only if one is still signed in.
async function back() {
  await ask();
  if (!ended.open) document.body.classList.remove("is-over");
}

ask();
