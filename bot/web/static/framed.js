// In a frame on another site's page: tells that page that this one has come, how many messages came while its panel was
// closed, and that the reader closes it or leaves. Never a word of anybody: a kind, and for what is unread a number.

const KINDS = ["hello", "hello-hidden", "shown", "hidden"];
const MOST = 99;
const allowed = document.querySelector('meta[name="noname-framed-by"]').content.split(" ");
let above = null; // the origin of the page around this one, once it has said hello
let isShown = true;
let unread = 0;

function tell(kind, more = {}) {
  if (above) parent.postMessage({ noname: 1, kind, ...more }, above);
}

addEventListener("message", (event) => {
  if (event.source !== parent || !allowed.includes(event.origin)) return;
  if (event.data?.noname !== 1 || !KINDS.includes(event.data.kind)) return;
  above = event.origin;
  isShown = event.data.kind === "hello" || event.data.kind === "shown";
  if (isShown) unread = 0;
  if (event.data.kind.startsWith("hello")) tell("ready");
});

// The last to hear of a key: what a page of ours does with Escape goes first.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  if (!document.querySelector("dialog[open]")) tell("close");
});

const log = document.querySelector('[role="log"]');
if (log) {
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    const turns = added.filter((node) => node.classList?.contains("turn") && !node.classList.contains("turn--dsl"));
    if (isShown || !turns.length) return;
    unread = Math.min(unread + turns.length, MOST);
    tell("unread", { count: unread });
  }).observe(log, { childList: true });
}

// Leaving quickly puts this class on the page, by button or by key, before it goes anywhere.
new MutationObserver(() => {
  if (document.body.classList.contains("govuk-exit-this-page-hide-content") || document.body.hidden) tell("leave");
}).observe(document.body, { attributes: true, attributeFilter: ["class", "hidden"] });
