// Hide for now: the page is covered and emptied until a PIN is typed.
//
// It stops a glance and a curious hand, not someone who can take the browser apart.
// Only a salted, slow hash of the PIN is kept, on this browser; the mark tells the
// server to leave the words out of the page if it is loaded again meanwhile.

import { el, mark, marked, say, settings, show } from "./page.js";
import * as thread from "./thread.js";

const KEPT = settings.pinKey;
const ROUNDS = 60000;
const FREE_TRIES = 5;
const WAIT = 30; // seconds, after that many wrong tries
const A_MONTH = 30 * 24 * 60 * 60;

const parts = ["main", "write", "more"].map(el);
const others = "BroadcastChannel" in window ? new BroadcastChannel("chat-hidden") : null;
const pin = el("pin");
let covering = false; // covered, as opposed to choosing a PIN

const canLock = () => Boolean(crypto.subtle && store());

/** Set up hiding; `opened` is called when the page is uncovered. */
export function watch(opened) {
  show(el("hide-offer"), canLock());
  el("hide").addEventListener("click", () => {
    el("more").open = false;
    if (load().hash) coverAll();
    else ask("set");
  });
  el("lock-cancel").addEventListener("click", uncover);
  el("lock-form").addEventListener("submit", async (sent) => {
    sent.preventDefault();
    if (!/^\d{4,8}$/.test(pin.value)) return complain(say("lock.too_short"));
    const typed = pin.value;
    pin.value = ""; // at once: what is typed while it is checked is the next try
    complain("");
    if (covering) await tryPin(typed, opened);
    else await choosePin(typed);
  });
  others?.addEventListener("message", cover);
  if (marked(settings.hiddenCookie)) cover();
}

// Another tab would show what this one hides.
function coverAll() {
  cover();
  others?.postMessage("hide");
}

function cover() {
  mark(settings.hiddenCookie, A_MONTH);
  covering = true;
  document.dispatchEvent(new CustomEvent("hush"));
  thread.clear();
  ask("open");
}

function uncover() {
  mark(settings.hiddenCookie, 0);
  covering = false;
  thread.putBack();
  show(el("lock"), false);
  for (const part of parts) show(part, true);
  el("text").focus();
}

function ask(what) {
  const choosing = what === "set";
  el("lock-heading").textContent = say(choosing ? "lock.set_heading" : "lock.heading");
  el("lock-about").textContent = say(choosing ? "lock.set_about" : "lock.about");
  el("lock-button").textContent = say(choosing ? "lock.set_button" : "lock.open_button");
  show(el("lock-cancel"), choosing);
  show(el("lock-forgotten"), !choosing);
  for (const part of parts) show(part, false);
  show(el("lock"), true);
  pin.value = "";
  complain("");
  el("lock-heading").focus();
}

async function choosePin(typed) {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  keep({ salt, hash: await hashed(typed, salt), wrong: 0, until: 0 });
  coverAll();
}

async function tryPin(typed, opened) {
  const kept = load();
  const left = Math.ceil((kept.until - Date.now()) / 1000);
  if (left > 0) return complain(say("lock.wait", { seconds: left }));
  if ((await hashed(typed, kept.salt)) !== kept.hash) return wrong(kept);
  keep({ ...kept, wrong: 0, until: 0 });
  uncover();
  opened();
}

function wrong(kept) {
  const tries = kept.wrong + 1;
  const until = tries >= FREE_TRIES ? Date.now() + WAIT * 1000 : 0;
  keep({ ...kept, wrong: tries, until });
  pin.focus();
  complain(until ? say("lock.wait", { seconds: WAIT }) : say("lock.wrong"));
}

const complain = (words) => {
  el("lock-problem").textContent = words;
};

async function hashed(text, salt) {
  const bytes = new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const how = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: new TextEncoder().encode(salt),
    iterations: ROUNDS,
  };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)));
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Storage can be switched off, or refuse even to be looked at.
function store() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const load = () => JSON.parse(store()?.getItem(KEPT) ?? "{}");
const keep = (lock) => store().setItem(KEPT, JSON.stringify(lock));
