// Sending, tried again while the service is not there. What is sent twice has the same id, and is answered with the first answer.

const STATUS_TRIED_AGAIN = 502;
const LONGEST = 4000; // milliseconds between two tries
const UNANSWERED = 30000; // milliseconds for one try: a connection can die without a word

// Returns the status and what was answered, null if nothing could be read.
export async function post(url, body) {
  for (let wait = 1000; ; wait *= 2) {
    const given = new AbortController();
    const timer = setTimeout(() => given.abort(), UNANSWERED);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": "application/json" }, signal: given.signal });
      if (answer.status < STATUS_TRIED_AGAIN || wait > LONGEST) return { status: answer.status, got: await answer.json().catch(() => null) };
    } catch {
      if (wait > LONGEST) return { status: 0, got: null };
    } finally {
      clearTimeout(timer);
    }
    await new Promise((again) => setTimeout(again, wait));
  }
}
