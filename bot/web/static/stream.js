// Follows the events of a conversation or of the queue, and comes back by itself: after a break, a sleep, a connection
// that died without a word, and when a browser brings back a page that it had put aside.

const AGAIN = 3000, LOOK = 5000; // milliseconds: before another try; between two looks
const SILENT = 45000; // milliseconds without a sign of life: there should be one every fifteen seconds

// Follows the events at `url`, from message `after` on. Returns what stops it.
export function follow(url, after, on) {
  let last = after, source = null, stopped = false, heard = Date.now(), later;

  function shut() {
    clearTimeout(later);
    source?.close();
  }

  function open() {
    shut();
    if (stopped) return;
    heard = Date.now();
    const here = source = new EventSource(`${url}?after=${last}`);
    const hear = (kind, does) => here.addEventListener(kind, (event) => {
      if (here !== source) return;
      heard = Date.now();
      does?.(event);
    });
    hear("open", () => on.online());
    hear("alive");
    hear("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.number > last) { last = message.number; on.message(message); }
    });
    hear("state", (event) => on.state(JSON.parse(event.data)));
    hear("typing", (event) => on.typing(event.data));
    hear("queue", (event) => on.queue?.(event.data));
    hear("gone", () => { stop(); on.gone?.(); });
    hear("signed_out", () => { stop(); on.signedOut(); });
    hear("error", () => {
      if (stopped) return;
      on.offline();
      if (here.readyState === EventSource.CLOSED) later = setTimeout(open, AGAIN); // else the browser tries again by itself
    });
  }

  // Clocks stand still while a machine sleeps: what was heard last is then long ago as well.
  const looking = setInterval(() => {
    if (Date.now() - heard < SILENT) return;
    on.offline();
    open();
  }, LOOK);

  function stop() {
    stopped = true;
    clearInterval(looking);
    shut();
  }

  addEventListener("online", open);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
  return stop;
}
