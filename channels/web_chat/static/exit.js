// Leaving fast, after the GOV.UK "Exit this page" pattern.
//
// The mark is set by script, not by a request: it must hold with no network.
// From then on this browser's conversation counts for nothing, here and on the server.

import { el, mark, say, settings } from "./page.js";

const GIVEN_UP = 5000; // milliseconds between presses before the count starts again
const A_YEAR = 365 * 24 * 60 * 60;

const button = el("exit");
const others = "BroadcastChannel" in window ? new BroadcastChannel("chat") : null;
let presses = 0;
let timer = 0;

/** Set up the button and the key; `before` stops all work and forgets what it can. */
export function watch(before) {
  const leave = () => {
    before();
    document.dispatchEvent(new CustomEvent("hush"));
    mark(settings.leftCookie, A_YEAR);
    forgetPin();
    blank();
    location.replace(settings.exitTo);
  };
  const chosen = (pressed) => {
    pressed.preventDefault();
    others?.postMessage("leave");
    leave();
  };
  button.addEventListener("click", chosen);
  el("lock-forgotten")?.addEventListener("click", chosen);
  // It looks like a button, so the space bar has to press it.
  button.addEventListener("keydown", (key) => {
    if (key.key === " ") chosen(key);
  });
  others?.addEventListener("message", leave);
  document.addEventListener("keydown", (key) => count(key, chosen));
  // Back must show nothing, even where a browser keeps pages alive to return to.
  addEventListener("pageshow", (shown) => {
    if (shown.persisted) location.reload();
  });
}

function forgetPin() {
  mark(settings.hiddenCookie, 0);
  try {
    localStorage.removeItem(settings.pinKey);
  } catch {
    // Storage is switched off: then there is no PIN in it either.
  }
}

function count(key, chosen) {
  if (key.key !== "Escape" || key.repeat) return;
  clearTimeout(timer);
  presses += 1;
  if (presses === 3) {
    tell(say("exit.leaving"));
    chosen(key);
    return;
  }
  button.dataset.presses = presses;
  tell(say(presses === 1 ? "exit.two_more" : "exit.one_more"));
  timer = setTimeout(() => {
    presses = 0;
    delete button.dataset.presses;
    tell(say("exit.timed_out"));
  }, GIVEN_UP);
}

const tell = (words) => {
  el("spoken-now").textContent = words;
};

// The next page may be slow to come: nothing of this one stays while it does.
function blank() {
  document.body.textContent = "";
  document.body.className = "";
}
