// What you wrote, on its way: one at a time, in order, each until it has arrived.
//
// The queue lives in this page's memory and nowhere else. Browser storage would
// outlive the page, and whoever opens this phone next could read in it what was
// written here. The price is that closing the page with messages still waiting
// loses them, so the browser is asked to check first (beforeunload).

import { el, marked, pause, say, settings, show, speak } from "./page.js";
import * as thread from "./thread.js";

const LATE = 5000; // milliseconds without an answer before the numbers are shown
const TOO_LONG = 20000; // before a request is taken for lost and sent again
// Told that it is written down, rather than waiting for what answers it.
const RATHER_SOON = { Prefer: "respond-async" };

const queue = [];
let working = false;
let opened = settings.opened === "yes";
let stopped = false;
const waitingToOpen = new Set();

export const isOpen = () => opened;

/** Resolve once there is a conversation to listen to. */
export const whenOpen = () =>
  opened ? Promise.resolve() : new Promise((done) => waitingToOpen.add(done));

export function nowOpen() {
  opened = true;
  for (const done of waitingToOpen) done();
  waitingToOpen.clear();
}

/** There is no conversation any more; the next message opens another. */
export function nowClosed() {
  opened = false;
}

export function stop() {
  stopped = true;
  queue.length = 0;
}

/** Send a text; it is on the page at once and leaves the queue when it arrived. */
export function send(text) {
  const waiting = { id: newId(), text, since: performance.now() };
  const line = thread.addOwn(waiting.id, text);
  queue.push(waiting);
  showQueued();
  setTimeout(showLate, LATE);
  work();
  return line;
}

export function showQueued() {
  for (const { id } of queue) {
    if (thread.hasArrived(id)) continue;
    thread.setState(id, say(navigator.onLine ? "live.sending" : "live.queued"));
  }
}

async function work() {
  if (working) return;
  working = true;
  let tries = 0;
  while (queue.length && !stopped) {
    const waiting = queue[0];
    // News may have shown meanwhile that it did arrive.
    const known = tries > 0 && thread.hasArrived(waiting.id);
    const outcome = known ? "arrived" : await deliver(waiting);
    if (stopped) break;
    if (outcome === "again") {
      tries += 1;
      showQueued();
      await pause(backOff(tries));
      continue;
    }
    tries = 0;
    queue.shift();
    if (outcome === "arrived") thread.arrived(waiting.id);
    else refuse(waiting);
    showLate();
  }
  working = false;
}

async function deliver({ id, text }) {
  const before = answers;
  let toCome = false;
  showReplying(true);
  try {
    // Asked before the request: news that it is gone may come while that is under way.
    const mayYetArrive = opened || (await open());
    const answer = await post("/api/chat/messages", { id, text }, RATHER_SOON);
    if (answer.status === 401) {
      // The conversation is gone from the server, or left from another tab.
      opened = false;
      return mayYetArrive && !marked(settings.leftCookie) ? "again" : "refused";
    }
    if (answer.status >= 500 || answer.status === 429) return "again";
    if (!answer.ok) return "refused";
    const { messages } = await answer.json();
    thread.arrived(id);
    // It is written down; what answers it comes as news, unless it has already.
    const byPerson = thread.holder() === "staff";
    toCome = answer.status === 202 && answers === before && !byPerson;
    // Everything was wiped: what is still on the page goes too, but the last words.
    if (messages.some(({ key }) => key === settings.wipedWords)) {
      thread.begin([]);
      opened = false;
    }
    thread.addReplies(messages);
    const waits = byPerson && !messages.length && answers === before;
    if (waits) speak(say("live.person_has_it"));
    return "arrived";
  } catch {
    return "again";
  } finally {
    if (toCome) givenUp = setTimeout(showReplying, TOO_LONG, false);
    else showReplying(false, answers !== before);
  }
}

// A message goes out even when opening was refused: it is still screened. Tells whether
// there is a conversation, or may be one when it is tried again.
async function open() {
  const answer = await post(`/c/${settings.link}/open`, {});
  if (!answer.ok) return answer.status >= 500 || answer.status === 429;
  const { messages } = await answer.json();
  thread.begin(messages);
  nowOpen();
  return true;
}

function post(address, body, wishes = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), TOO_LONG);
  document.addEventListener("wake", () => giveUp.abort(), { signal: giveUp.signal });
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...wishes },
    body: JSON.stringify(body),
    signal: giveUp.signal,
  }).finally(() => clearTimeout(timer));
}

function refuse({ id, text }) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("live.put_back");
  button.addEventListener("click", () => {
    thread.takeBack(id);
    const box = el("text");
    box.value = box.value ? `${text}\n${box.value}` : text;
    box.focus();
  });
  thread.setState(id, say("live.not_taken"), button);
  speak(say("live.not_taken"));
}

// Nothing is claimed that is not known: whether it arrived cannot be told yet.
function showLate() {
  const late = queue.some(
    ({ id, since }) => !thread.hasArrived(id) && performance.now() - since >= LATE - 50,
  );
  const box = el("late");
  if (late === !box.hidden) return;
  show(box, late);
  if (!late) return;
  thread.inSight(box);
  speak(say("live.late"));
}

let hold = 0;
let givenUp = 0; // when an answer that was to come as news is no longer waited for
let answers = 0;

document.addEventListener("answered", () => {
  answers += 1;
  clearTimeout(hold);
  clearTimeout(givenUp);
  showStatus(false);
});

// "The bot is replying" is only said while it is; a person's typing is not known, and
// whoever spoke meanwhile (`spoken`) is not waited for.
function showReplying(busy, spoken = false) {
  clearTimeout(hold);
  clearTimeout(givenUp);
  const person = thread.holder() === "staff";
  const shown = busy && !person && navigator.onLine;
  el("status-words").textContent = say(person ? "live.person_has_it" : "live.bot_replying");
  el("status").classList.toggle("still", person);
  if (shown) hold = setTimeout(() => showStatus(true), 250);
  else showStatus(person && !busy && !spoken);
}

function showStatus(shown) {
  show(el("status"), shown);
  if (shown) thread.keepInSight(el("status"));
}

const backOff = (tries) =>
  Math.min(500 * 2 ** (tries - 1), 4000) * (0.75 + Math.random() / 2);

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

addEventListener("beforeunload", (asked) => {
  if (!stopped && queue.some(({ id }) => !thread.hasArrived(id))) asked.preventDefault();
});
