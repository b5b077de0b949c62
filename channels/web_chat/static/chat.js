// The page comes to life: writing, choosing, listening, leaving.

import * as exit from "./exit.js";
import * as news from "./news.js";
import * as outbox from "./outbox.js";
import { el, marked, say, settings, show, speak, wake } from "./page.js";
import * as thread from "./thread.js";

const box = el("text");
const composer = el("composer");

exit.watch(() => {
  outbox.stop();
  news.stop();
});

// What most visits never need comes last.
import("./aloud.js");
import("./lock.js").then((lock) => {
  lock.watch(() => {
    if (thread.cursor() === null) location.reload();
    else wake();
  });
});

// Writing

composer.addEventListener("submit", (sent) => {
  sent.preventDefault();
  const text = box.value;
  if (!text.trim()) return;
  outbox.send(text);
  box.value = "";
  grow();
  box.focus();
});

box.addEventListener("keydown", (key) => {
  if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
  key.preventDefault();
  composer.querySelector(".send").click();
});

// Browsers without field-sizing grow the box by hand.
function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}
box.addEventListener("input", grow);

// Choosing: the focus goes to what was said, since the buttons are gone by then.

document.addEventListener("click", (pressed) => {
  const button = pressed.target.closest("[data-says] button, .choices button");
  if (!button) return;
  pressed.preventDefault();
  const passing = Boolean(button.closest(".choices, .sheet"));
  for (const sheet of sheets) sheet.open = false;
  const line = outbox.send(button.value);
  if (passing) line.focus({ preventScroll: true });
});

// The two sheets at the top: one at a time, closed by Escape or a press elsewhere.

const sheets = [...document.querySelectorAll("details.drop")];

for (const sheet of sheets) {
  sheet.addEventListener("toggle", () => {
    if (sheet.open) sheets.filter((one) => one !== sheet).forEach((one) => (one.open = false));
  });
}

document.addEventListener("keydown", (key) => {
  if (key.key !== "Escape") return;
  for (const sheet of sheets.filter((one) => one.open)) {
    sheet.open = false;
    sheet.querySelector("summary").focus();
  }
});

document.addEventListener("click", (pressed) => {
  for (const sheet of sheets) {
    if (!sheet.contains(pressed.target)) sheet.open = false;
  }
});

// Signal comes and goes

function showNetwork() {
  el("network").textContent = say("live.offline");
  show(el("network"), !navigator.onLine);
  outbox.showQueued();
}

addEventListener("offline", () => {
  showNetwork();
  speak(say("live.offline"));
});

addEventListener("online", () => {
  showNetwork();
  speak(say("live.online"));
  wake();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) wake();
});

// A clock that jumped means that the device slept.
const TICK = 1000;
let ticked = Date.now();
setInterval(() => {
  if (Date.now() - ticked > 10 * TICK) wake();
  ticked = Date.now();
}, TICK);

// Beginning

function ended() {
  thread.clear();
  show(el("write"), false);
  el("network").textContent = say("live.ended");
  show(el("network"), true);
  speak(say("live.ended"));
}

async function start() {
  show(el("look-again"), false);
  const lines = el("numbers").querySelector(".lines").cloneNode(true);
  el("late").append(el("late-pattern").content, lines);
  showNetwork();
  // A beginning is read from its first word, a conversation from its last.
  if (settings.opened === "yes") thread.toTheEnd();
  if (settings.opened !== "yes" && !marked(settings.hiddenCookie)) {
    try {
      const messages = await news.findAgain();
      if (messages && !outbox.isOpen()) {
        thread.begin(messages);
        thread.toTheEnd();
        outbox.nowOpen();
      }
    } catch {
      // No signal yet: the first message will open or find the conversation.
    }
  }
  await news.listen(ended);
}

start();
