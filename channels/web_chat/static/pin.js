// The PIN of Hide for now: only a salted, slow hash of it is kept, on this browser.

import { settings } from "./page.js";

const KEPT = settings.pinKey;
const ROUNDS = 60000;
const FREE_TRIES = 5;
const WAIT = 30; // seconds, after that many wrong tries

export const canHide = () => Boolean(crypto.subtle && store());
export const isChosen = () => Boolean(load().hash);
export const isOne = (typed) => /^\d{4,8}$/.test(typed);

/** Keep a new PIN in place of the old one. */
export async function choose(typed) {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  keep({ salt, hash: await hashed(typed, salt), wrong: 0, until: 0 });
}

/** Tell whether it is the PIN, or how many seconds must pass before the next try. */
export async function tried(typed) {
  const kept = load();
  const left = Math.ceil((kept.until - Date.now()) / 1000);
  if (left > 0) return { isRight: false, wait: left };
  if ((await hashed(typed, kept.salt)) === kept.hash) {
    keep({ ...kept, wrong: 0, until: 0 });
    return { isRight: true, wait: 0 };
  }
  const wrong = kept.wrong + 1;
  const wait = wrong >= FREE_TRIES ? WAIT : 0;
  keep({ ...kept, wrong, until: wait ? Date.now() + wait * 1000 : 0 });
  return { isRight: false, wait };
}

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
