// The duty desk: a queue that grows by itself, and a conversation with the DSL as it happens.

import { composer, follow, make, once, say, turn, writing } from "./talk.js";
import { merge } from "./rows.js";

const $ = (id) => document.getElementById(id);
const main = document.querySelector("main");
const title = document.title;

// The place of a notice stands on the page from the start, so that what comes into it is read out, once.
function tell(place, line, lost, link) {
  if (place.textContent.startsWith(line) && line) return;
  place.replaceChildren(...(line ? [make("p", { className: lost ? "banner banner--lost" : "banner" }, line, link)] : []));
}

const trouble = (line, link) => tell($("trouble"), line, true, link);

function signedOut() {
  trouble(say("signed_out") + " ", make("a", { href: "/duty/sign-in", textContent: say("sign_in_again") }));
}

async function offline() {
  const asked = await fetch("/duty/queue", { redirect: "manual" }).catch(() => null);
  if (asked?.type === "opaqueredirect") signedOut();
  else trouble(say("offline"));
}

const online = () => { if ($("trouble").textContent === say("offline")) trouble(""); };

// Notices: neither the sound nor the desktop notice says anything about a case. What is chosen stays in this browser.

const likes = (what) => localStorage.getItem("notice-" + what) === "yes";

function ring() {
  const audio = new AudioContext();
  const tone = audio.createOscillator(), loudness = audio.createGain();
  tone.frequency.value = 660;
  loudness.gain.setValueAtTime(0.15, audio.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
  tone.connect(loudness).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.6);
}

let newOnes = 0;
function notice() {
  if (document.hidden) document.title = `(${++newOnes}) ${title}`;
  if (likes("sound")) try { ring(); } catch { /* a browser may not let a page make a sound */ }
  if (likes("desktop") && window.Notification?.permission === "granted") new Notification(say("notice"), { tag: "duty-desk" });
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) { newOnes = 0; document.title = title; } });

for (const what of ["sound", "desktop"]) {
  const box = $("notice-" + what);
  if (!box) continue;
  box.checked = likes(what);
  box.addEventListener("change", async () => {
    if (box.checked && what === "desktop") box.checked = (await window.Notification?.requestPermission?.()) === "granted";
    localStorage.setItem("notice-" + what, box.checked ? "yes" : "no");
    if (box.checked && what === "sound") ring();
  });
}

if (main?.dataset.follow === "queue") {
  const bring = async () => {
    // Rows that are here already are only named in the answer. An address has room for so many.
    const have = [...$("queue").querySelectorAll("[data-as]")].map((row) => row.dataset.as).slice(0, 450).join(".");
    const answer = await fetch("/duty/queue?have=" + have, { signal: AbortSignal.timeout(20000) }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("queue");
    if (!fresh) return;
    const added = merge($("queue"), fresh);
    if (!added.length) return;
    const first = added[0].querySelector(".govuk-tag").textContent;
    $("said").textContent = added.length === 1 ? say("new_case", { urgency: first }) : say("new_cases", { count: added.length, urgency: first });
    notice();
  };
  // One after the other: an answer is about the rows that were here when it was asked for.
  let asking = false, again = false;
  const refresh = async () => {
    again = true;
    if (asking) return;
    asking = true;
    try { while (again) { again = false; await bring(); } } finally { asking = false; }
  };
  // Every desk hears of a change in the same moment: they ask for the table one after the other, and once for several.
  // What is red is here within a second, everything else within three.
  let soon = 0, due = Infinity;
  const refreshSoon = (what) => {
    const wait = Math.random() * 1000 + (what === "red" ? 0 : 2000), at = performance.now() + wait;
    if (due < Infinity && (what !== "red" || at >= due)) return;
    clearTimeout(soon);
    due = at;
    soon = setTimeout(() => { due = Infinity; refresh(); }, wait);
  };
  // The first event too: a case may have come between the page and the connection.
  follow("/duty/events", 0, {
    message() {}, state() {}, typing() {}, online, offline, signedOut,
    queue: refreshSoon,
  });
  setInterval(refresh, 60000); // waiting times grow even when nothing else happens
}

if (main?.dataset.follow === "case") {
  const url = `/duty/cases/${main.dataset.case}`;
  const log = $("log"), form = $("write"), box = $("text");
  const shows = writing($("writing"), $("writing-words"));
  log.scrollTop = log.scrollHeight;

  let seen = 0, last = Number(main.dataset.after), said = 0;
  for (const turn of log.querySelectorAll(".turn--duty_worker")) said = Math.max(said, Number(turn.dataset.number));
  const stage = main.dataset.stage, mine = main.dataset.mine === "yes";
  const reading = () => {
    if (!mine || document.hidden || last <= seen) return;
    seen = last;
    fetch(url + "/seen", { method: "POST", body: new URLSearchParams({ number: last }) }).catch(() => {});
  };
  const moved = () => tell($("changed"), say("moved") + " ", false, make("a", { href: url, textContent: say("load_again") }));
  // Who reads further up is left where they are.
  const atTheEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  follow(url + "/events", last, {
    online, offline, signedOut,
    gone: moved,
    message(message) {
      const follows = atTheEnd() || message.speaker === "duty_worker";
      log.append(turn(message));
      if (follows) log.scrollTop = log.scrollHeight;
      last = Math.max(last, message.number);
      if (message.speaker === "duty_worker") said = message.number;
      if (message.speaker === "dsl") { shows.hide(); if (document.hidden) notice(); }
      reading();
    },
    state(now) {
      if (now.stage !== stage && main.dataset.newest === "yes") moved();
      const how = said && mine ? say(now.seen >= said ? "read" : "sent") : "";
      if ($("read").textContent === how) return;
      const follows = atTheEnd();
      $("read").textContent = how;
      if (follows) log.scrollTop = log.scrollHeight;
    },
    typing(who) { if (who === "dsl") shows.show(say("writing_dsl"), 5000); },
  });
  document.addEventListener("visibilitychange", reading);
  reading();

  if (form) {
    let sending = false;
    const unsent = once();
    const grow = composer(form, box, () => {
      fetch(url + "/typing", { method: "POST" }).catch(() => {});
      return true;
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = box.value;
      if (sending || !text.trim()) return;
      sending = true;
      $("text-wrong").hidden = true;
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams({ text, client_id: unsent.id(text) }), headers: { Accept: "application/json" }, redirect: "manual",
      }).catch(() => null);
      sending = false;
      if (answer?.ok) { unsent.done(); if (box.value === text) box.value = ""; grow(); return; }
      if (answer?.type === "opaqueredirect") return signedOut();
      const why = await answer?.json().catch(() => null);
      $("text-wrong").textContent = why?.message ?? say("not_sent");
      $("text-wrong").hidden = false;
    });
  }
}
// What is to be read first is shown from its beginning.
$("read-back")?.focus({ preventScroll: true });
$("read-back")?.scrollIntoView();
