// The DSL's conversation: follows the events, sends what is typed or chosen, and never loses either.

import { standing } from "./banner.js";
import { arrived, following } from "./log.js";
import { numbers } from "./numbers.js";
import { previewing } from "./preview.js";
import { copying, keeping as keepingReference } from "./reference.js";
import { seeing } from "./seeing.js";
import { post } from "./sending.js";
import { stepping, understanding, unfolding } from "./side.js";
import { forget, hold, notNames, open, saidNoNames, typedAs } from "./taken_out.js";
import { asking } from "./person.js";
import { drafting, urging } from "./staff.js";
import { composer, follow, make, note, once, rewrite, say, turn, writing } from "./talk.js";
import { turnedUp } from "./turned_up.js";
import { keeping } from "./unsent.js";

const $ = (id) => document.getElementById(id);
const id = document.querySelector("main").dataset.consultation;
const api = `/api/consultations/${id}`;
const log = $("log"), box = $("text"), form = $("composer");
const shows = writing($("writing"), $("writing-words"));
const drawn = new Map();
const OVER = ["closed", "abandoned"], HELD = ["claimed", "transferred", "answered"];
let stage = $("banner").dataset.stage, caughtUp = false, sending = false, said = 0, last = 0, theirs = 0, reader = "", connected = false, lately = [], stop = () => {};

// Messages

const { came, toEnd } = following(log, $("newer"));

function add(message) {
  // Drawn already or not: that somebody was writing is told late at times, behind what they wrote.
  if (message.speaker !== "dsl" && !sending) shows.hide();
  if (drawn.has(message.number)) return drawn.get(message.number);
  const node = turn(message, { choose });
  const next = [...drawn.keys()].filter((number) => number > message.number).sort((a, b) => a - b)[0];
  log.insertBefore(node, drawn.get(next) ?? null);
  drawn.set(message.number, node);
  if (sending) busy(true); // what is drawn meanwhile waits too, and shows it: a second tap may land there
  if (message.speaker === "dsl") { settle(); said = Math.max(said, message.number); mark(node); }
  last = Math.max(last, message.number);
  reading();
  if (!caughtUp) return node;
  if (message.speaker === "assistant") draft();
  if (message.speaker === "dsl") { $("back")?.remove(); own(message); toEnd(); }
  else came(node);
  return node;
}

// One's own message came in. Unless it is being sent here, it was said in another tab, or the answer to it was lost.
function own(message) {
  if (sending) return lately.push(message);
  ids.done();
  if (stands(say("not_sent")) || stands(say("not_done"))) $("trouble").hidden = true;
  if (turnedUp(box.value, message)) { box.value = ""; ahead.clear(); unsent.sent(); grow(); }
  else if (box.value) unsent.again(); // a message that comes in does away with what was kept of the box
}

// How far a message of one's own has come: stored, or read by a person.
function mark(node) {
  arrived(node, Number(node.dataset.number) <= theirs ? say("read_by", { name: reader || say("duty_worker") }) : say("delivered"));
}

// The answers to a question go away once something has been said; a table keeps its "Change".
function settle() {
  const had = document.activeElement?.closest(".replies, .ticks");
  for (const old of log.querySelectorAll(".replies, .ticks")) old.hidden = true;
  if (had) log.focus({ preventScroll: true }); // never lost with the button that was pressed
}

// Who answers can see how far was read.
const reading = seeing(api + "/seen", () => (caughtUp && (HELD.includes(stage) || OVER.includes(stage)) ? last : 0));

// Sending

function choose(answer, event) {
  if (sending) return;
  const byKey = !event.detail && matchMedia("(hover: hover)").matches;
  send(answer).then((done) => {
    if (!done) return;
    if (box.value) unsent.again();
    if (byKey && box.checkVisibility()) box.focus({ preventScroll: true });
  });
}

const ids = once();

async function send(what) {
  const before = what.text ? saidNoNames() : [];
  lately = [];
  const got = await deliver("/messages", { client_message_id: ids.id(JSON.stringify(what)), not_names: before, ...what }, what.text ? "not_sent" : "not_done");
  if (got) ids.done();
  const kept = !got && lately.find((message) => !what.text || turnedUp(what.text, message));
  if (kept) { own(kept); return true; } // only the answer was lost
  if (got?.message) {
    if (what.text) hold(got.message.number, { text: what.text, removed: got.removed, before });
    dress(add(got.message), got);
  }
  for (const reply of got?.replies ?? []) add(reply);
  return Boolean(got && !got.refusal);
}

// Posts something, and returns what came of it, or null with the reason in view.
async function deliver(path, what, lost) {
  busy(true);
  shows.show(say("sending"), 60000);
  const { status, got } = await post(api + path, JSON.stringify(what));
  shows.hide();
  busy(false);
  if (status === 401) return signedOut(), null;
  if (!got) return refuse(say(lost)), null;
  if (status >= 400) return refuse(got.message), null;
  if (got.refusal) refuse(got.refusal.text);
  else $("trouble").hidden = true;
  return got;
}

// What was taken out

// Says under a message what was taken out of it, and lets the marks in it be opened.
function dress(node, { message, removed_line: line }) {
  if (!line) return;
  const hands = OVER.includes(stage) ? undefined : (words) => putBack(message, words);
  note(node, open(node, message, hands) ? `${line}. ${say("open_marks")}` : line, message.shown);
}

async function putBack(message, words) {
  if (sending) return;
  const { text, before } = typedAs(message.number);
  const all = [...new Set([...saidNoNames(), ...words])];
  const got = await deliver(`/messages/${message.number}/put-back`, { text, words: all, before }, "not_put_back");
  if (!got?.message) return;
  if (got.message.text === message.text) refuse(say("still_out"));
  notNames(words);
  hold(message.number, { text, removed: got.removed, before: all });
  const node = drawn.get(message.number);
  rewrite(node, got.message);
  dress(node, got);
  known();
  const body = node.querySelector(".turn__body");
  body.tabIndex = -1;
  body.focus();
  if (got.replies.length) settle();
  for (const reply of got.replies) add(reply);
}

function busy(is) {
  sending = is;
  for (const button of document.querySelectorAll(".reply, .change, .composer .govuk-button, .ticks .govuk-button")) button.setAttribute("aria-disabled", is);
}

function refuse(line) {
  $("trouble").textContent = line;
  $("trouble").hidden = false;
}

const stands = (line) => !$("trouble").hidden && $("trouble").textContent === line;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = box.value;
  if (sending || !text.trim()) return;
  box.value = "";
  ahead.clear();
  unsent.sent(text);
  grow();
  const done = await send({ text });
  unsent.sent();
  if (!done && !box.value) { box.value = text; grow(); }
  if (box.value) unsent.again();
});

const grow = composer(form, box, () => {
  if (!HELD.includes(stage)) return false;
  fetch(api + "/typing", { method: "POST" }).catch(() => {});
  return true;
});

const draft = drafting(box, $("draft"), api + "/draft"), urgent = urging($("staff-urgent"));

const unsent = keeping(box, $("unsent"), api + "/unsent", () => said);

const ahead = previewing(box, $("preview"), $("preview-acts"), api + "/preview");

// State

const acts = asking($("acts"), api, { state: (now) => { state(now); toEnd(); }, refuse: (line) => refuse(line || say("not_done")), outcome: `/consultations/${id}/outcome` });

const step = stepping($("steps"), $("step"), $("left"), $("steps-marks"));
const known = understanding($("known"), api + "/understood", choose);
const reference = keepingReference($("keep"), api + "/reference", () => refuse(say("not_done")), (line) => { $("kept").textContent = line; log.focus({ preventScroll: true }); });

function state(now) {
  stage = now.stage;
  step(now);
  known(now);
  reference(now);
  $("banner").dataset.stage = stage;
  $("banner").textContent = standing(now);
  $("text-label").textContent = say("label_" + (HELD.includes(stage) ? "claimed" : stage));
  form.classList.toggle("is-away", OVER.includes(stage));
  acts(now);
  urgent(now);
  theirs = now.seen;
  reader = now.has_it ?? reader;
  for (const node of log.querySelectorAll(".turn--dsl")) mark(node);
  numbers(now.emergency);
  if (OVER.includes(stage)) { settle(); shows.hide(); unsent.sent(); }
  if (!caughtUp) caughtUpNow();
  reading();
}

function caughtUpNow() {
  caughtUp = true;
  if (!OVER.includes(stage)) unsent.back().then((is) => { if (!is) draft(); });
  toEnd();
  $("step").setAttribute("aria-live", "polite");
  log.setAttribute("aria-live", "polite"); // what was said before is not read out again
}

function signedOut() {
  stop();
  forget();
  unsent.stop();
  refuse(say("signed_out") + " ");
  $("trouble").append(make("a", { href: "/", textContent: say("sign_in_again") }));
  document.dispatchEvent(new Event("signed-out"));
}

stop = follow(api + "/events", 0, {
  message: add,
  state,
  typing(who) {
    if (sending || who === "dsl" || (who === "assistant" && stage !== "with_assistant")) return;
    shows.show(say("writing_" + who), who === "assistant" ? 15000 : 5000);
  },
  online() { connected = true; if (stands(say("offline"))) $("trouble").hidden = true; },
  async offline() {
    connected = false;
    const asked = await fetch(api, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (asked?.status === 401) signedOut();
    else if (!asked?.ok && !connected && !stands(say("not_sent"))) refuse(say("offline"));
  },
  signedOut,
});

// The page itself

copying();
unfolding();
