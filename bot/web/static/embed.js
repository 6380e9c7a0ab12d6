// The service on somebody else's page: a button and a panel with a frame of ours in it. Served as /widget.js, with what
// it says, shows and calls people by put in below. What is typed stays in the frame: a page cannot look into one of another
// site. Between the two go only the marks in HEARD, and never a word.

(() => {
  const SAID = NONAME_SAID; // put in by what serves this
  if (customElements.get("noname-widget")) return;

  const SCRIPT = document.currentScript;
  const HOME = SCRIPT?.src ? new URL(SCRIPT.src).origin : new URL(SAID.home).origin;
  const COMES_WITHIN = 10000; // milliseconds until a frame has come
  const ANSWERS_WITHIN = 2500; // milliseconds until a frame that has come says so
  const HEARD = { ready: false, close: false, leave: false, unread: true }; // whether a number goes with it
  const MOST = 99;
  const SMALL = matchMedia("(max-width: 40em), (max-height: 30em)");

  function make(tag, given = {}, ...inside) {
    const { attributes = {}, ...properties } = given;
    const made = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  function dial(number) {
    return make("a", { href: "tel:" + number.replace(/[^\d+]/g, ""), textContent: number });
  }

  function mark() {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    made.setAttribute("viewBox", "0 0 32 32");
    made.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M5 6h22a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3H15l-7 6v-6H5a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3zM9 12.5h14M9 17h8");
    made.append(path);
    return made;
  }

  function sheet(colours) {
    const made = new CSSStyleSheet();
    const own = (pair) => ".all{--brand:" + pair[0] + ";--on-brand:" + pair[1] + "}";
    const theirs = colours ? own(colours[0]) + "@media (prefers-color-scheme:dark){" + own(colours[1]) + "}" : "";
    made.replaceSync(SAID.sheet + theirs);
    return made;
  }

  // Whatever a message is, this is all that is taken from it.
  function heard(said) {
    if (typeof said !== "object" || said === null || said.noname !== 1 || !Object.hasOwn(HEARD, said.kind)) return null;
    const parts = HEARD[said.kind] ? 3 : 2;
    if (Object.keys(said).length !== parts) return null;
    if (HEARD[said.kind] && !(Number.isInteger(said.count) && said.count >= 0 && said.count <= MOST)) return null;
    return { kind: said.kind, count: said.count ?? 0 };
  }

  class NonameWidget extends HTMLElement {
    #parts = null;
    #frame = null;
    #answers = false; // whether the frame has said that it is ours: until then nothing is said to it but hello
    #waiting = 0;
    #undo = null;

    connectedCallback() {
      try {
        this.#parts ??= this.#build();
        this.#listen();
      } catch {
        this.#parts = null;
        this.#plainly();
      }
    }

    disconnectedCallback() {
      this.#undo?.abort();
      this.#drop();
      this.#parts?.panel.close();
    }

    get #area() { return this.getAttribute("area") ?? ""; }
    get #known() { return Object.hasOwn(SAID.areas, this.#area); }
    get #shown() { return this.#known ? SAID.areas[this.#area] : SAID.usual; }
    get #page() { return HOME + (this.#known ? "/embed/" + this.#area : "/"); }

    #say(word, blanks = {}) {
      return SAID.words[word].replace(/\{(\w+)\}/g, (whole, blank) => blanks[blank] ?? whole);
    }

    #build() {
      const shown = this.#shown;
      const words = this.#say("open");
      const fresh = make("span", { className: "new", hidden: true });
      const launch = make("button", { className: "launch", type: "button",
        attributes: { "aria-haspopup": "dialog", "aria-expanded": "false" } }, mark(), make("span", { textContent: words }), fresh);
      const title = make("h2", { id: "title", textContent: shown.name, tabIndex: -1, autofocus: true });
      const close = make("button", { className: "button", type: "button", textContent: this.#say("close") });
      const live = make("p", { className: "unseen", attributes: { role: "status" } });
      const said = make("p", { className: "said", attributes: { role: "status" } });
      const away = make("div", { className: "away", hidden: true, attributes: { role: "alert" } });
      const panel = make("dialog", { className: "panel", attributes: { "aria-labelledby": "title" } },
        make("div", { className: "head" }, title, close),
        make("p", { className: "ring" }, this.#say("danger") + " " + this.#say("ring") + " ", dial(shown.danger)), said, away);
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [sheet(shown.colours)];
      shadow.replaceChildren(make("div", { className: "all", lang: "en-GB" }, launch, live, panel));
      const parts = { launch, fresh, live, close, said, away, panel };
      this.#mark(parts, 0);
      return parts;
    }

    #listen() {
      this.#undo = new AbortController();
      const on = (what, kind, act) => what.addEventListener(kind, act, { signal: this.#undo.signal });
      const { launch, close, panel } = this.#parts;
      on(launch, "click", () => this.#open());
      on(close, "click", () => this.#close());
      on(panel, "keydown", (event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        this.#close();
      });
      on(panel, "cancel", (event) => { event.preventDefault(); this.#close(); });
      on(window, "message", (event) => this.#hear(event));
      on(SMALL, "change", () => { if (panel.open) { panel.close(); this.#show(); } });
    }

    #open() {
      this.#show();
      this.#parts.launch.hidden = true;
      this.#parts.launch.setAttribute("aria-expanded", "true");
      this.#mark(this.#parts, 0);
      if (!this.#known) return this.#isAway("no_area");
      if (!this.#frame) this.#fetch();
      else if (this.#answers) this.#tell("shown");
    }

    // On a small screen the panel covers the page, so that nothing behind it must be reached.
    #show() {
      const { panel } = this.#parts;
      panel.classList.toggle("whole", SMALL.matches);
      if (SMALL.matches) panel.showModal(); else panel.show();
    }

    #close() {
      const { panel, launch } = this.#parts;
      if (!panel.open) return;
      panel.close();
      launch.hidden = false;
      launch.setAttribute("aria-expanded", "false");
      launch.focus();
      if (this.#parts.away.hidden && this.#answers) this.#tell("hidden");
      else if (this.#parts.away.hidden) return; // on its way still
      else this.#drop(); // what did not come is tried again the next time
    }

    #fetch() {
      this.#parts.said.textContent = this.#say("waiting");
      this.#frame = make("iframe", { title: this.#say("frame", { name: this.#shown.name }), src: this.#page,
        allow: "clipboard-write", referrerPolicy: "no-referrer" });
      this.#frame.addEventListener("load", () => {
        this.#answers = false;
        this.#tell(this.#parts.panel.open ? "hello" : "hello-hidden");
        this.#expect(ANSWERS_WITHIN);
      });
      this.#parts.panel.append(this.#frame);
      this.#expect(COMES_WITHIN);
    }

    #expect(within) {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#isAway("away"), within);
    }

    #drop() {
      clearTimeout(this.#waiting);
      this.#frame?.remove();
      this.#frame = null;
      this.#answers = false;
      if (!this.#parts) return;
      this.#parts.panel.classList.remove("come");
      this.#parts.away.hidden = true;
      this.#parts.said.textContent = "";
      this.#mark(this.#parts, 0);
    }

    #isAway(why) {
      const { said, away } = this.#parts;
      said.textContent = "";
      this.#parts.panel.classList.remove("come");
      if (this.#frame) this.#frame.hidden = true;
      const whole = make("a", { className: "button", href: this.#page, target: "_blank", rel: "noopener noreferrer", textContent: this.#say("whole") });
      const ring = this.#shown.ring.map((one) => make("p", {}, one.label + ": ", dial(one.value), one.hours ? " (" + one.hours + ")" : ""));
      away.hidden = false;
      away.replaceChildren(make("p", { textContent: this.#say(why) }), whole, ...ring);
    }

    #tell(kind) {
      this.#frame?.contentWindow?.postMessage({ noname: 1, kind }, HOME);
    }

    #hear(event) {
      if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== HOME) return;
      const told = heard(event.data);
      if (told?.kind === "ready") this.#hasCome();
      else if (told?.kind === "close") this.#close();
      else if (told?.kind === "leave") { this.#close(); this.#drop(); }
      else if (told?.kind === "unread" && !this.#parts.panel.open) this.#mark(this.#parts, told.count);
    }

    #hasCome() {
      clearTimeout(this.#waiting);
      this.#answers = true;
      this.#parts.said.textContent = "";
      this.#parts.away.hidden = true;
      this.#frame.hidden = false;
      this.#parts.panel.classList.add("come");
    }

    #mark({ launch, fresh, live }, count) {
      const words = count === 1 ? this.#say("one_new") : this.#say("many_new", { count });
      fresh.hidden = count === 0;
      fresh.textContent = count;
      live.textContent = count ? this.#shown.name + ": " + words : "";
      launch.setAttribute("aria-label", [this.#say("open"), this.#shown.name, ...(count ? [words] : [])].join(", "));
    }

    // Where a browser is too old for the rest, or something fails: a link, and whom to ring.
    #plainly() {
      const whole = make("a", { href: this.#page, textContent: this.#say("open") });
      const shown = this.#shown;
      this.replaceChildren(make("p", {}, whole, ". " + this.#say("danger") + " " + this.#say("ring") + " ", dial(shown.danger)));
    }
  }

  customElements.define("noname-widget", NonameWidget);

  if (SCRIPT?.dataset.area !== undefined) {
    const made = make("noname-widget", { attributes: { area: SCRIPT.dataset.area } });
    if (document.body?.contains(SCRIPT)) SCRIPT.replaceWith(made);
    else addEventListener("DOMContentLoaded", () => document.body.append(made), { once: true });
  }
})();
