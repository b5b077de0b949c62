// What was said, in order, each thing once.

import { el, say, settings, show, speak } from "./page.js";

const list = el("thread");
const main = el("main");
// Where room is short the whole page scrolls, not the thread in it (chat.css).
const isShort = () => getComputedStyle(main).overflowY === "visible";
const pattern = el("said-pattern").content;
const numbers = new Map(Object.entries(JSON.parse(settings.numbers))); // as written -> href
const runsOfDigits = /(\d[\d ]*\d)/;

const NEAR = 160; // pixels from the end that still count as reading the newest
const KEYBOARD = 120; // a change of height that is no bar of the browser's own

const drawn = new Map(); // id -> its line on the page
let newest = null; // the last id in the server's own order: where to catch up from
let last = null; // its line
let kept = null; // the lines, while the page is hidden

for (const line of list.children) {
  drawn.set(line.dataset.id, line);
  if (settings.opened === "yes") [newest, last] = [line.dataset.id, line];
  linkNumbers(line);
}

export const cursor = () => newest;

/** Tell who was last to speak, other than the young person. */
export function holder() {
  const others = list.querySelectorAll(".said:not(.from-young_person)");
  return others.length ? others[others.length - 1].dataset.from : "bot";
}

/** Draw your own message at once, before anyone knows whether it arrived. */
export function addOwn(id, text) {
  for (const choices of list.querySelectorAll(".choices")) choices.remove();
  const line = draw({ id, from: "young_person", text, choices: [] });
  line.dataset.unconfirmed = "";
  line.dataset.mine = "unmatched";
  list.append(line);
  line.scrollIntoView({ block: "end" });
  return line;
}

/** Say beneath your own message where it is; nothing once it has arrived. */
export function setState(id, words, button = null) {
  const line = drawn.get(id);
  if (!line) return;
  line.querySelector(".state")?.remove();
  if (!words) return;
  const state = document.createElement("span");
  state.className = "state";
  state.textContent = words;
  if (button) state.append(button);
  line.append(state);
}

export function arrived(id) {
  setState(id, null);
  const line = drawn.get(id);
  if (line) delete line.dataset.unconfirmed;
}

export const hasArrived = (id) => !("unconfirmed" in (drawn.get(id)?.dataset ?? {}));

export function takeBack(id) {
  drawn.get(id)?.remove();
  drawn.delete(id);
}

/** Draw replies as they come; the server's order is settled by catchUp. */
export function addReplies(messages) {
  addNew(messages.filter((message) => !drawn.has(message.id)));
}

/** Draw what was missed and put everything in the server's own order. */
export function catchUp(messages) {
  const fresh = [];
  for (const message of messages) {
    const known = drawn.get(message.id) ?? adopt(message);
    if (known) {
      arrived(message.id);
      delete known.dataset.mine;
      if (last && !follows(known, last)) moveAfterLast(known);
    } else {
      fresh.push(message);
      place(message);
    }
    [newest, last] = [message.id, drawn.get(message.id)];
  }
  tellAbout(fresh);
}

/** Replace what the page began with by the conversation that was really opened. */
export function begin(messages) {
  for (const [id, line] of [...drawn]) {
    if ("unconfirmed" in line.dataset) continue;
    line.remove();
    drawn.delete(id);
  }
  // What is still on its way stays where it is: moving it would lose the focus.
  let waiting = list.firstElementChild;
  last = newest = null;
  for (const message of messages) {
    const line = drawn.get(message.id) ?? draw(message);
    if (line === waiting) waiting = line.nextElementSibling;
    else list.insertBefore(line, waiting);
    arrived(message.id);
    [newest, last] = [message.id, line];
  }
  if (waiting) list.lastElementChild.scrollIntoView({ block: "end" });
  keepLatestChoices();
}

/** Take every word off the page; `putBack` returns them if the page stays. */
export function clear() {
  kept = document.createDocumentFragment();
  kept.append(...list.childNodes);
}

export function putBack() {
  if (kept) list.append(kept);
  kept = null;
}

function place(message) {
  const line = draw(message);
  if (last) last.after(line);
  else list.prepend(line);
}

function moveAfterLast(line) {
  const focused = line.contains(document.activeElement) && document.activeElement;
  last.after(line);
  if (focused) focused.focus({ preventScroll: true });
}

function addNew(messages) {
  for (const message of messages) (kept ?? list).append(draw(message));
  tellAbout(messages);
}

function tellAbout(messages) {
  const others = messages.filter((message) => message.from !== "young_person");
  keepLatestChoices();
  if (others.length) document.dispatchEvent(new Event("answered"));
  if (!messages.length || kept) return;
  for (const { from, text } of others) {
    speak(`${say("live.says", { who: say(`from.${from}`) })} ${text}`);
    document.dispatchEvent(new CustomEvent("said", { detail: text }));
  }
  reveal(drawn.get(messages[0].id));
}

/** The upper and lower edge of what can be seen of what was said. */
function edges() {
  if (!isShort()) return main.getBoundingClientRect();
  const composer = el("composer");
  const stays = getComputedStyle(composer).position === "sticky";
  const top = document.querySelector(".top").offsetHeight;
  return { top, bottom: innerHeight - (stays ? composer.offsetHeight : 0) };
}

function room() {
  const { top, bottom } = edges();
  return bottom - top;
}

/** How much of what was said is still below what can be seen. */
const left = () => el("latest").getBoundingClientRect().bottom - edges().bottom;

// Someone reading further up is not pulled away; a button says there is more.
function reveal(line) {
  const added = tall(line);
  if (left() - added > NEAR) show(el("below"), true);
  else toRead(line);
}

const tall = (line) =>
  el("latest").getBoundingClientRect().bottom - line.getBoundingClientRect().top;

// A long answer is read from its first line.
function toRead(line) {
  if (tall(line) > room()) line.scrollIntoView({ block: "start" });
  else el("latest").scrollIntoView({ block: "end" });
}

/** Go to the end of what was said. */
export function toTheEnd() {
  el("latest").scrollIntoView({ block: "end" });
}

/** Scroll to a part at the end of the page, for someone who is near the end. */
export function keepInSight(part) {
  if (left() - part.offsetHeight < NEAR) inSight(part);
}

/** Scroll to a part: to all of it, or to its beginning where that is too much. */
export function inSight(part) {
  part.scrollIntoView({ block: part.offsetHeight > room() ? "start" : "end" });
}

// A keyboard that comes or goes, or a phone that is turned, leaves a reader in place:
// at the answer that was read last, or at the line that was uppermost.
let wasAtEnd = false;
let uppermost = null;
let [width, height] = [innerWidth, innerHeight];

function whereIsIt() {
  if (innerWidth !== width || innerHeight !== height) return; // moved by the change itself
  const { top } = edges();
  wasAtEnd = left() < NEAR;
  uppermost = [...list.children].find((line) => line.getBoundingClientRect().bottom > top);
}

function keepThePlace() {
  const turned = innerWidth !== width;
  const moved = Math.abs(innerHeight - height) > KEYBOARD;
  [width, height] = [innerWidth, innerHeight];
  if (!(turned || moved) || kept) return;
  if (wasAtEnd) toRead(newestAnswer());
  else uppermost?.scrollIntoView({ block: "start" });
}

/** The first line of what was said last by anyone else, or your own last words. */
function newestAnswer() {
  const lines = [...list.children];
  const own = lines.findLastIndex((line) => line.dataset.from === "young_person");
  return lines[own + 1] ?? lines[own];
}

el("below").addEventListener("click", () => {
  show(el("below"), false);
  const lines = list.querySelectorAll(".said");
  const end = lines[lines.length - 1];
  end.scrollIntoView({ block: "end" });
  end.focus({ preventScroll: true });
});

function scrolled() {
  if (left() < 40) show(el("below"), false);
  whereIsIt();
}
for (const place of [main, window]) place.addEventListener("scroll", scrolled, { passive: true });
addEventListener("resize", keepThePlace);

// Only the newest turn can be answered by pressing.
function keepLatestChoices() {
  let turn = true;
  for (const line of [...list.children].reverse()) {
    if (line.dataset.from === "young_person") turn = false;
    if (!turn) line.querySelector(".choices")?.remove();
  }
  dropChoicesOfBefore();
}

// How it stands with a person changes by itself: what one could choose before, such as
// to stop waiting, means something else by then.
function dropChoicesOfBefore() {
  const about = `[data-key^="${settings.handoverWords}"]`;
  const asking = [...list.querySelectorAll(about)].filter((line) => line.querySelector(".choices"));
  for (const line of asking.slice(0, -1)) line.querySelector(".choices").remove();
}

function draw({ id, from, key, text, choices }) {
  const line = pattern.querySelector(".said").cloneNode(true);
  line.classList.add(`from-${from}`);
  line.classList.toggle("fixed-words", Boolean(key?.startsWith(settings.fixedWords)));
  Object.assign(line.dataset, { id, from, key: key ?? "" });
  line.querySelector(".who").textContent = say(`from.${from}`);
  line.querySelector(".text").textContent = text;
  const form = line.querySelector(".choices");
  for (const choice of choices) {
    const button = document.createElement("button");
    button.name = "text";
    button.value = choice.value;
    button.textContent = choice.label;
    form.querySelector(".options").append(button);
  }
  if (!choices.length) form.remove();
  drawn.set(id, line);
  linkNumbers(line);
  return line;
}

// The server may know your message by another id than the one it was sent with.
function adopt({ id, from, text }) {
  if (from !== "young_person") return null;
  for (const [ownId, line] of drawn) {
    const same = line.querySelector(".text").textContent === text;
    if (same && line.dataset.from === from && line.dataset.mine === "unmatched") {
      drawn.set(id, line);
      arrived(ownId);
      return line;
    }
  }
  return null;
}

const follows = (line, earlier) =>
  Boolean(earlier.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING);

// A number that is on the crisis card can be pressed wherever it is written.
function linkNumbers(line) {
  if (line.dataset.from === "young_person") return;
  const text = line.querySelector(".text");
  const parts = text.textContent.split(runsOfDigits);
  text.textContent = "";
  text.append(...parts.map((part) => {
    if (!numbers.has(part)) return part;
    const link = document.createElement("a");
    link.href = numbers.get(part);
    link.textContent = part;
    return link;
  }));
}
