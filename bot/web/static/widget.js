// The DSL's conversation: follows the events, sends what is typed or chosen, and never loses either.

import { previewing } from "./preview.js";
import { forget, hold, notNames, open, saidNoNames, typedAs } from "./taken_out.js";
import { asking } from "./person.js";
import { drafting, urging } from "./staff.js";
import { clock, composer, copy, day, follow, make, note, once, say, turn, writing } from "./talk.js";

const $ = (id) => document.getElementById(id);
const id = document.querySelector("main").dataset.consultation;
const api = `/api/consultations/${id}`;
const log = $("log"), box = $("text"), form = $("composer");
const shows = writing($("writing"), $("writing-words"));
const title = document.title;
const drawn = new Map();
const OVER = ["closed", "abandoned"], HELD = ["claimed", "transferred", "answered"];
let stage = $("banner").dataset.stage, caughtUp = false, sending = false, unread = 0, below = 0, said = 0, last = 0, read = 0, stop = () => {};

// Messages

// New messages come into view as long as the DSL has not scrolled away. Of several at once, or of a long
// one, it is the beginning that stays in view.
let following = true, anchor = null, expected = 0;

function place() {
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = expected = Math.round(Math.max(0, Math.min(end, anchor ? anchor.offsetTop - 8 : end)));
  if (expected >= end - 8) seen();
}

function toEnd() {
  anchor = null;
  following = true;
  place();
}

function seen() {
  below = 0;
  $("newer").hidden = true;
}

log.addEventListener("scroll", () => {
  if (Math.abs(log.scrollTop - expected) < 3) return;
  following = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (following) { anchor = null; seen(); }
}, { passive: true });
new ResizeObserver(() => { if (following) place(); }).observe(log);

function add(message) {
  if (drawn.has(message.number)) return drawn.get(message.number);
  const node = turn(message, { choose });
  const next = [...drawn.keys()].filter((number) => number > message.number).sort((a, b) => a - b)[0];
  log.insertBefore(node, drawn.get(next) ?? null);
  drawn.set(message.number, node);
  if (message.speaker !== "dsl") shows.hide();
  if (message.speaker === "dsl") { settle(); said = Math.max(said, message.number); }
  last = Math.max(last, message.number);
  reading();
  if (!caughtUp) return node;
  if (message.speaker === "assistant") draft();
  if (message.speaker === "dsl") toEnd();
  else {
    if (following) { anchor ??= node; place(); }
    if (log.scrollTop + log.clientHeight < node.offsetTop + Math.min(node.offsetHeight, 80)) count();
  }
  if (document.hidden && message.speaker !== "dsl") { unread += 1; document.title = `(${unread}) ${title}`; }
  return node;
}

function count() {
  below += 1;
  $("newer").textContent = below === 1 ? say("newer_one") : say("newer_many", { count: below });
  $("newer").hidden = false;
}

// The answers to a question go away once something has been said; a table keeps its "Change".
function settle() {
  for (const old of log.querySelectorAll(".replies, .ticks")) old.hidden = true;
}

// Who answers can see how far was read.
function reading() {
  if (document.hidden || !caughtUp || last <= read || !(HELD.includes(stage) || OVER.includes(stage))) return;
  read = last;
  fetch(api + "/seen", { method: "POST", body: JSON.stringify({ number: last }), headers: { "Content-Type": "application/json" } }).catch(() => {});
}
document.addEventListener("visibilitychange", reading);

// Sending

function choose(answer, event) {
  if (sending) return;
  const byKey = event.detail === 0 && matchMedia("(hover: hover)").matches;
  send(answer).then((done) => { if (done && byKey) box.focus({ preventScroll: true }); });
}

const unsent = once();

async function send(what) {
  const before = what.text ? saidNoNames() : [];
  const got = await deliver("/messages", { client_message_id: unsent.id(JSON.stringify(what)), not_names: before, ...what }, "not_sent");
  if (got) unsent.done();
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
  try {
    const answer = await post(api + path, JSON.stringify(what));
    const got = await answer.json();
    if (answer.status === 401) return signedOut(), null;
    if (!answer.ok) return refuse(got.message), null;
    if (got.refusal) refuse(got.refusal.text);
    else $("trouble").hidden = true;
    return got;
  } catch {
    return refuse(say(lost)), null;
  } finally {
    shows.hide();
    busy(false);
  }
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
  const fresh = turn(got.message);
  drawn.get(message.number).replaceWith(fresh);
  drawn.set(message.number, fresh);
  dress(fresh, got);
  const body = fresh.querySelector(".turn__body");
  body.tabIndex = -1;
  body.focus();
  if (got.replies.length) settle();
  for (const reply of got.replies) add(reply);
}

// The same client id each time: the service answers a repeat with the first answer.
async function post(url, body) {
  for (let wait = 1000; ; wait *= 2) {
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": "application/json" } });
      if (answer.status < 502 || wait > 4000) return answer;
    } catch (lost) {
      if (wait > 4000) throw lost;
    }
    await new Promise((again) => setTimeout(again, wait));
  }
}

function busy(is) {
  sending = is;
  for (const button of document.querySelectorAll(".reply, .composer .button, .ticks .button")) button.setAttribute("aria-disabled", is);
}

function refuse(line) {
  $("trouble").textContent = line;
  $("trouble").hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = box.value;
  if (sending || !text.trim()) return;
  box.value = "";
  ahead.clear();
  grow();
  if (!(await send({ text })) && !box.value) { box.value = text; grow(); }
});

const grow = composer(form, box, () => {
  if (!HELD.includes(stage)) return false;
  fetch(api + "/typing", { method: "POST" }).catch(() => {});
  return true;
});

const draft = drafting(box, $("draft"), api + "/draft"), urgent = urging($("staff-urgent"));

const ahead = previewing(box, $("preview"), $("preview-acts"), api + "/preview");

// State

const acts = asking($("acts"), api, { state: (now) => { state(now); toEnd(); }, refuse: (line) => refuse(line || say("not_done")), outcome: `/consultations/${id}/outcome` });

function state(now) {
  stage = now.stage;
  const late = now.due_at && new Date(now.due_at) < Date.now();
  const due = now.due_at && (day(now.due_at) === day(Date.now()) ? say("today", { clock: clock(now.due_at) })
    : `${clock(now.due_at)}, ${day(now.due_at)}`);
  $("banner").dataset.stage = stage;
  const which = stage === "waiting" && now.was_held ? "waiting_again" : stage;
  const how = due && ["waiting", "claimed"].includes(stage) ? (late ? "_late" : stage === "waiting" ? "_due" : "") : "";
  $("banner").textContent = [
    say("stage_" + (how ? stage : which) + how, { due, name: now.has_it ?? "" }),
    now.place ? say("place", { place: now.place }) : "",
  ].join(" ").trim();
  $("text-label").textContent = say("label_" + (HELD.includes(stage) ? "claimed" : stage));
  form.classList.toggle("is-away", OVER.includes(stage));
  acts(now);
  urgent(now);
  $("read").textContent = HELD.includes(stage) && said ? say(now.seen >= said ? "read" : "sent") : "";
  numbers(now.emergency);
  if (OVER.includes(stage)) { settle(); shows.hide(); }
  if (!caughtUp) caughtUpNow();
  reading();
}

function caughtUpNow() {
  caughtUp = true;
  draft();
  toEnd();
  log.setAttribute("aria-live", "polite"); // what was said before is not read out again
}

function numbers({ out_of_hours: late, front_door: front }) {
  for (const [place, contact] of [["late", late], ["front", front]]) {
    for (const spot of document.querySelectorAll(`[data-${place}]`)) {
      const part = spot.dataset[place];
      const none = spot.dataset.none ?? ""; // another council's number would be worse than none
      spot.hidden = !contact && !none;
      if (!contact) {
        spot.textContent = none;
        if (part === "number") spot.href = "tel:" + none;
        continue;
      }
      spot.textContent = part === "checked" ? (contact.checked ? say("checked", { day: day(contact.checked, "short") }) : "")
        : contact[part === "number" ? "value" : part];
      if (part === "number") spot.href = "tel:" + contact.value.replace(/[^\d+]/g, "");
    }
  }
}

function signedOut() {
  stop();
  forget();
  refuse(say("signed_out") + " ");
  $("trouble").append(make("a", { href: "/", textContent: say("sign_in_again") }));
}

stop = follow(api + "/events", 0, {
  message: add,
  state,
  typing(who) {
    if (sending || who === "dsl" || (who === "assistant" && stage !== "with_assistant")) return;
    shows.show(say("writing_" + who), who === "assistant" ? 15000 : 5000);
  },
  online() { if ($("trouble").textContent === say("offline")) $("trouble").hidden = true; },
  async offline() {
    const asked = await fetch(api).catch(() => null);
    if (asked?.status === 401) signedOut();
    else if (!asked?.ok) refuse(say("offline"));
  },
  signedOut,
});

// The page itself

$("newer").addEventListener("click", () => { toEnd(); log.focus({ preventScroll: true }); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { unread = 0; document.title = $("veil").hidden ? title : say("hidden_title"); } });

$("copy-reference")?.addEventListener("click", (event) => copy($("reference").textContent.trim(), $("reference"), event.currentTarget));
const roomy = matchMedia("(min-width: 64rem)");
const unfold = () => { $("side").open = roomy.matches; };
roomy.addEventListener("change", unfold);
unfold();

const rest = [...document.body.children].filter((part) => part !== $("veil") && part.tagName !== "TEMPLATE");
function veil(is) {
  $("veil").hidden = !is;
  for (const part of rest) part.inert = is;
  document.title = is ? say("hidden_title") : title;
  $(is ? "unhide" : "hide").focus();
}
$("hide").addEventListener("click", () => veil(true));
$("unhide").addEventListener("click", () => veil(false));

$("leave").addEventListener("click", (event) => {
  event.preventDefault();
  document.body.hidden = true;
  fetch("/api/session", { method: "DELETE", keepalive: true }).catch(() => {});
  location.replace(event.currentTarget.href);
});
