// What was typed and not sent: kept by the service without what points to anybody, and back in the box afterwards.
// Nothing of it is kept in the browser.

import { saidNoNames } from "./taken_out.js";
import { say } from "./words.js";

const PAUSE = 1500; // milliseconds without a key

// `after()` is the number of one's own last message. `line` says that something is back in the box.
export function keeping(box, line, url, after) {
  let timer, kept = "", off = false, going = "";
  const tell = (is) => { line.hidden = !is; line.textContent = is ? say("unsent") : ""; };

  // When the page goes, what is still on its way is kept too: the service drops it if that message came in.
  function keep(keepalive = false) {
    clearTimeout(timer);
    const text = box.value.trim() ? box.value : keepalive ? going : "";
    if (off || text === kept) return;
    kept = text;
    const body = JSON.stringify({ text, after: after(), not_names: saidNoNames() });
    fetch(url, { method: "POST", body, keepalive: keepalive && body.length < 60000, headers: { "Content-Type": "application/json" } })
      .then((answer) => { if (!answer.ok) kept = null; }, () => { kept = null; });
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(), PAUSE);
  });
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });

  return {
    // Once, after everything that was said is there. Says whether something came back.
    async back() {
      const before = after();
      const answer = box.value ? null : await fetch(url).catch(() => null);
      const got = answer?.ok ? await answer.json().catch(() => null) : null;
      if (!got?.text || box.value || after() !== before) return false; // or it has just come in as a message
      kept = got.text;
      box.value = got.text;
      tell(true);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      return true;
    },
    // What was in the box is on its way: the service deletes what it kept when it takes the message in.
    sent(text = "") { clearTimeout(timer); kept = ""; going = text; if (!line.hidden) tell(false); },
    // A button was pressed while something stood in the box: it is kept again, as it is still not sent.
    again() { kept = ""; keep(); },
    stop() { off = true; clearTimeout(timer); },
  };
}
