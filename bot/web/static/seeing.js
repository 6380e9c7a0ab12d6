// Tells the desk how far the DSL has read: only what stood on a page that somebody can see.

import { veiled } from "./leaving.js";

// `newest()` is the number of the last message that counts. Returns what looks again.
export function seeing(url, newest) {
  let told = 0;

  function look() {
    const number = newest();
    if (document.hidden || veiled() || number <= told) return;
    told = number;
    fetch(url, { method: "POST", body: JSON.stringify({ number }), headers: { "Content-Type": "application/json" } }).catch(() => {});
  }

  document.addEventListener("visibilitychange", look);
  document.addEventListener("veil", look);
  return look;
}
