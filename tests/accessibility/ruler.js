// Measures the page that is open. Each function returns what is wrong as words, one for each thing that is.

window.ruler = (() => {
  const CONTROLS = "button, input:not([type=hidden]), select, textarea, summary, a[href], [role=button], [tabindex='0']";
  const name = (it) => `${it.tagName.toLowerCase()}${it.id ? "#" + it.id : ""}${it.className && typeof it.className === "string" ? "." + it.className.trim().split(/\s+/).join(".") : ""} "${(it.getAttribute("aria-label") ?? it.innerText ?? it.value ?? "").replace(/\s+/g, " ").trim().slice(0, 40)}"`;
  const shown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && it.getClientRects().length > 0 && !it.closest("[inert]");
  const unseen = (it) => { const box = it.getBoundingClientRect(); return box.width <= 2 || box.height <= 2 || getComputedStyle(it).clipPath !== "none" || getComputedStyle(it).clip !== "auto"; };
  const hiddenFor = (it) => { for (let one = it; one; one = one.parentElement) if (unseen(one) && one !== document.documentElement && one !== document.body) return true; return false; };
  const scrollsItself = (it) => {
    for (let one = it; one && one !== document.body; one = one.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth) return one;
    }
    return null;
  };

  // No window has to be scrolled sideways, but for a table that scrolls by itself and can be reached by a key.
  function sideways() {
    const wide = innerWidth, found = [];
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${wide}`);
    for (const it of document.body.querySelectorAll("*")) {
      if (!shown(it) || hiddenFor(it)) continue;
      const box = it.getBoundingClientRect();
      if (box.right <= wide + 1 && box.left >= -1) continue;
      const region = scrollsItself(it);
      if (region && (region.tabIndex >= 0 || region.querySelector("a[href], button"))) continue;
      found.push(`${name(it)} goes from ${Math.round(box.left)} to ${Math.round(box.right)} in a window of ${wide}`);
    }
    return found.slice(0, 5);
  }

  // The text spacing of WCAG 1.4.12, set by whoever needs it.
  function spaced() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  // Text that is cut off: it is larger than its box, and its box neither grows nor scrolls.
  function cutOff() {
    return [...document.body.querySelectorAll("*")].filter((it) => {
      const style = getComputedStyle(it);
      if (!shown(it) || hiddenFor(it) || ["TEXTAREA", "INPUT", "SELECT"].includes(it.tagName) || !it.innerText?.trim()) return false;
      const cutsX = ["hidden", "clip"].includes(style.overflowX), cutsY = ["hidden", "clip"].includes(style.overflowY);
      return (cutsX && it.scrollWidth > it.clientWidth + 2) || (cutsY && it.scrollHeight > it.clientHeight + 2);
    }).map(name);
  }

  // Targets of WCAG 2.5.8: 24 by 24, or with room for a circle of 24 around; links in a sentence are excepted.
  function tooSmall() {
    const inText = (it) => it.tagName === "A" && getComputedStyle(it).display === "inline" && it.parentElement.innerText.trim() !== it.innerText.trim();
    const all = [...document.querySelectorAll(CONTROLS)].filter((it) => shown(it) && !hiddenFor(it) && !it.disabled && it.getAttribute("role") !== "log");
    const boxes = new Map(all.map((it) => [it, (it.matches("[type=radio], [type=checkbox]") && it.labels?.[0]) ? union(it, it.labels[0]) : it.getBoundingClientRect()]));
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const near = (one, other) => { const [x, y] = middle(one), [a, b] = middle(other); return Math.hypot(x - a, y - b) < 24; };
    return all.filter((it) => {
      const box = boxes.get(it);
      if ((box.width >= 24 && box.height >= 24) || inText(it)) return false;
      return all.some((other) => other !== it && !other.contains(it) && !it.contains(other) && near(box, boxes.get(other)));
    }).map((it) => `${name(it)} ${Math.round(boxes.get(it).width)} by ${Math.round(boxes.get(it).height)}`);
  }

  function union(one, other) {
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const left = Math.min(a.left, b.left), top = Math.min(a.top, b.top);
    return { left, top, width: Math.max(a.right, b.right) - left, height: Math.max(a.bottom, b.bottom) - top };
  }

  // How everything that can have the focus looks without it. A component may show the focus beside its field.
  const looks = new Map();
  const beside = (it) => [[it, null], [it, "::before"], [it, "::after"], [it.parentElement, null], [it.nextElementSibling, null], [it.nextElementSibling, "::before"], [it.nextElementSibling, "::after"]];
  const look = (it) => beside(it).map(([part, pseudo]) => {
    if (!part) return "";
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth, backgroundColor, textDecorationLine, textDecorationThickness } = getComputedStyle(part, pseudo);
    return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor, boxShadow, borderColor, borderWidth, backgroundColor, textDecorationLine, textDecorationThickness].join();
  }).join("|");

  function remember() {
    document.activeElement?.blur();
    for (const it of document.querySelectorAll(CONTROLS)) looks.set(it, look(it));
  }

  // What has the focus now: whether that can be seen, and whether something lies over it.
  function focused() {
    const it = document.activeElement;
    if (!it || it === document.body || it === document.documentElement) return null;
    const box = it.getBoundingClientRect(), wrong = [];
    if (looks.has(it) && looks.get(it) === look(it)) wrong.push(`${name(it)} looks the same with the focus`);
    const seen = it.matches("[type=radio], [type=checkbox]") && it.labels?.[0] ? union(it, it.labels[0]) : box;
    const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9], [.02, .02], [.98, .98]].map(([x, y]) => [seen.left + seen.width * x, seen.top + seen.height * y]);
    const there = spots.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (it.contains(top) || top.contains(it) && !["ASIDE", "HEADER"].includes(top.tagName) || [...(it.labels ?? [])].some((label) => label.contains(top))); });
    if (!there) wrong.push(`${name(it)} has the focus and lies under something, or out of view`);
    if (!it.dataset.rulerSeen) it.dataset.rulerSeen = "yes"; else return { again: true, wrong: [] };
    return { again: false, wrong };
  }

  // In forced colours backgrounds are gone: what can be pressed or filled in needs a border.
  function borderless() {
    return [...document.querySelectorAll("button:not(.link), .button, .govuk-button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea")]
      .filter((it) => {
        const { borderTopStyle, borderTopWidth, borderBottomStyle, borderBottomWidth, textDecorationLine } = getComputedStyle(it);
        const line = (borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0) || (borderBottomStyle !== "none" && parseFloat(borderBottomWidth) > 0);
        return shown(it) && !hiddenFor(it) && !line && !textDecorationLine.includes("underline");
      }).map(name);
  }

  // Nothing moves for whoever has asked for that.
  function moving() {
    const long = (times) => times.split(",").some((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000) > 10);
    return [...document.querySelectorAll("*")].filter((it) => {
      const { animationName, animationDuration, transitionDuration, transitionProperty } = getComputedStyle(it);
      return (animationName !== "none" && long(animationDuration)) || (transitionProperty !== "none" && long(transitionDuration));
    }).map(name).slice(0, 5);
  }

  return { sideways, spaced, cutOff, tooSmall, remember, focused, borderless, moving };
})();
