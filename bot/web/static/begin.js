// Lets the GOV.UK Frontend's components know that scripts run. In a file of its own: no script stands in a page.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

// A press counts for what it began on. What is said is drawn while a finger is down, so that what it is on may have
// moved away before it is lifted; browsers then press what both places have in common, and nothing happens.
const PRESSED = "button, a[href], summary, label, input", STILL = 10; // pixels within which a finger has not moved
let down = null;
addEventListener("pointerdown", (event) => {
  const on = event.isPrimary && !event.button ? event.target.closest?.(PRESSED) : null;
  down = on && { on, x: event.clientX, y: event.clientY };
}, true);
addEventListener("click", (event) => {
  const began = down;
  down = null;
  if (!began?.on.isConnected || began.on.contains(event.target) || !event.detail) return;
  if (Math.hypot(event.clientX - began.x, event.clientY - began.y) > STILL) return; // dragged off: taken back
  event.preventDefault();
  event.stopPropagation();
  began.on.click();
}, true);
