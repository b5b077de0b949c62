// What others said meanwhile: asked for again and again from the last thing seen.

import { marked, pause, settings } from "./page.js";
import { nowClosed, whenOpen } from "./outbox.js";
import * as thread from "./thread.js";

const WAIT = 25; // seconds the server may hold an empty answer back
const STUCK = (WAIT + 5) * 1000; // milliseconds before a silent line is given up

let stopped = false;
let asking = null;

export function stop() {
  stopped = true;
  asking?.abort();
}

/** Listen for as long as the page lives; `ended` is called if the chat is over. */
export async function listen(ended) {
  stopped = false;
  let misses = 0;
  while (!stopped) {
    await whenOpen();
    try {
      const answer = await ask();
      if (answer.status === 401) {
        if (marked(settings.leftCookie)) return ended();
        nowClosed();
        continue;
      }
      if (!answer.ok) throw new Error(answer.status);
      const { messages } = await answer.json();
      if (stopped) return;
      thread.catchUp(messages);
      misses = 0;
    } catch {
      misses += 1;
      if (!stopped) await pause(misses < 60 ? 500 + 1000 * Math.random() : 5000);
    }
  }
}

/** Look for a conversation that this browser has, and that the page came without. */
export async function findAgain() {
  const answer = await fetch(`/c/${settings.link}/open`);
  return answer.status === 200 ? (await answer.json()).messages : null;
}

function ask() {
  asking = new AbortController();
  const giveUp = asking;
  const timer = setTimeout(() => giveUp.abort(), STUCK);
  const after = thread.cursor();
  const where = after ? `&after=${encodeURIComponent(after)}` : "";
  return fetch(`/api/chat/messages?wait=${WAIT}${where}`, { signal: giveUp.signal })
    .finally(() => clearTimeout(timer));
}

// After sleep or a change of network a request can hang on a line that is gone.
document.addEventListener("wake", () => asking?.abort());
