// Hide for now: the page is covered and emptied until a PIN is typed.
//
// It stops a glance and a curious hand, not someone who can take the browser apart.
// The mark tells the server to leave the words out of this page, and of the plan's, if
// they are loaded again meanwhile.

import { el, mark, marked, say, settings, show } from "./page.js";
import { canHide, choose, isChosen, isOne, tried } from "./pin.js";
import * as thread from "./thread.js";

const A_MONTH = 30 * 24 * 60 * 60;

const parts = ["main", "write", "more"].map(el);
const others = "BroadcastChannel" in window ? new BroadcastChannel("chat-hidden") : null;
const pin = el("pin");
let covering = false; // covered, as opposed to choosing a PIN

/** Set up hiding; `opened` is called when the page is uncovered. */
export function watch(opened) {
  show(el("hide-offer"), canHide());
  el("hide").addEventListener("click", () => {
    el("more").open = false;
    if (isChosen()) coverAll();
    else ask("set");
  });
  el("lock-cancel").addEventListener("click", uncover);
  el("lock-form").addEventListener("submit", async (sent) => {
    sent.preventDefault();
    if (!isOne(pin.value)) return complain(say("lock.too_short"));
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
  await choose(typed);
  coverAll();
}

async function tryPin(typed, opened) {
  const { isRight, wait } = await tried(typed);
  if (!isRight) {
    pin.focus();
    return complain(wait ? say("lock.wait", { seconds: wait }) : say("lock.wrong"));
  }
  uncover();
  opened();
}

const complain = (words) => {
  el("lock-problem").textContent = words;
};
