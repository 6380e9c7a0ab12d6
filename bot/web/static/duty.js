// The duty desk: a queue that grows by itself, and a conversation with the DSL as it happens.

import { composer, follow, make, say, turn, writing } from "./talk.js";

const $ = (id) => document.getElementById(id);
const main = document.querySelector("main");
const title = document.title;

function trouble(line) {
  $("trouble").textContent = line;
  $("trouble").hidden = !line;
}

function signedOut() {
  trouble(say("signed_out") + " ");
  $("trouble").append(make("a", { href: "/duty/sign-in", textContent: say("sign_in_again") }));
}

async function offline() {
  const asked = await fetch("/duty/queue", { redirect: "manual" }).catch(() => null);
  if (asked?.type === "opaqueredirect") signedOut();
  else trouble(say("offline"));
}

const online = () => { if ($("trouble").textContent === say("offline")) trouble(""); };

if (main?.dataset.follow === "queue") {
  const rows = () => new Map([...document.querySelectorAll("#queue [data-case]")].map((row) => [row.dataset.case, row]));
  const refresh = async () => {
    const answer = await fetch("/duty/queue").catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("queue");
    if (!fresh) return;
    const before = rows(), focused = document.activeElement?.id;
    $("queue").replaceWith(document.adoptNode(fresh));
    if (focused) $(focused)?.focus();
    const added = [...rows()].filter(([key]) => !before.has(key)).map(([, row]) => row);
    if (added.length) {
      $("said").textContent = added.map((row) => say("new_case", { name: row.dataset.name, urgency: row.dataset.urgency })).join(". ");
      if (document.hidden) document.title = `(${added.length}) ${title}`;
    }
  };
  // The first event too: a case may have come between the page and the connection.
  follow("/duty/events", 0, {
    message() {}, state() {}, typing() {}, online, offline, signedOut,
    queue: refresh,
  });
  setInterval(refresh, 60000); // waiting times grow even when nothing else happens
  document.addEventListener("visibilitychange", () => { if (!document.hidden) document.title = title; });
}

if (main?.dataset.follow === "case") {
  const url = `/duty/cases/${main.dataset.case}`;
  const log = $("log"), form = $("write"), box = $("text");
  const shows = writing($("writing"), $("writing-words"));
  log.scrollTop = log.scrollHeight;

  let unread = 0, stage = main.dataset.stage;
  if (stage !== "closed") {
    const stop = follow(url + "/events", Number(main.dataset.after), {
      online, offline, signedOut,
      message(message) {
        log.append(turn(message));
        log.scrollTop = log.scrollHeight;
        if (message.speaker === "dsl") shows.hide();
        if (document.hidden) document.title = `(${++unread}) ${title}`;
      },
      state(now) {
        if (now.stage !== stage) { $("changed").textContent = say("moved"); $("changed").hidden = false; }
        if (now.stage === "closed") stop();
      },
      typing(who) { if (who === "dsl") shows.show(say("writing_dsl"), 5000); },
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { unread = 0; document.title = title; } });
  }

  if (form) {
    let sending = false;
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
        method: "POST", body: new URLSearchParams({ text }), headers: { Accept: "application/json" }, redirect: "manual",
      }).catch(() => null);
      sending = false;
      if (answer?.ok) { if (box.value === text) box.value = ""; grow(); return; }
      if (answer?.type === "opaqueredirect") return signedOut();
      const why = await answer?.json().catch(() => null);
      $("text-wrong").textContent = why?.message ?? say("not_sent");
      $("text-wrong").hidden = false;
    });
  }
  document.querySelector(".summary")?.focus();
}
