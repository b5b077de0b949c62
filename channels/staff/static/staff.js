// Keeps lists and threads fresh, and leaves what is being typed or pressed alone.
// Without this script the pages load themselves again, or offer a link to do it.

const LISTS_EVERY_MS = 5000;
const COUNT_EVERY_MS = 15000;
const AGAIN_AFTER_MS = 3000;

let present = true;
for (const sign of ["pointerdown", "keydown", "focusin"]) {
  addEventListener(sign, () => { present = true; }, { passive: true });
}

// A list is not changed under a finger: what it came down on would be another's.
let pressing = false;
addEventListener("pointerdown", () => { pressing = true; }, { passive: true });
for (const sign of ["pointerup", "pointercancel"]) {
  addEventListener(sign, () => { setTimeout(() => { pressing = false; }, 300); }, { passive: true });
}

// A form that was sent leads to its own page: nothing here may turn to another.
let leaving = false;
addEventListener("submit", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });

const after = (ms) => new Promise((done) => setTimeout(done, ms));

// Says `here` only when somebody did something since the last look: a page that is
// left open by itself keeps nobody signed in. Null when there is no connection.
async function look(address, more = {}) {
  const query = new URLSearchParams({ fragment: "1", ...more });
  if (present) query.set("here", "1");
  present = false;
  const answer = await fetch(`${address}?${query}`, { credentials: "same-origin" }).catch(() => null);
  if (answer?.status === 401 && !leaving) location.reload();
  showStale(answer === null || answer.status >= 500);
  return answer;
}

// An old list looks like a quiet one: it is said that it may be old.
function showStale(isOld) {
  const told = document.querySelector("[data-stale]");
  if (told && told.hidden === isOld) told.hidden = !isOld;
}

async function keepListsFresh(lists) {
  for (;;) {
    await after(LISTS_EVERY_MS);
    if (document.hidden || pressing) continue;
    const answer = await look(lists.dataset.fresh);
    if (!answer?.ok) continue;
    const fresh = await answer.text();
    if (!pressing && !leaving) replaceList(lists, fresh);
  }
}

function replaceList(lists, fresh) {
  const focused = lists.contains(document.activeElement) ? leadsTo(document.activeElement) : null;
  const open = [...lists.querySelectorAll("details[open]")].map((one) => one.dataset.kept);
  lists.innerHTML = fresh;
  for (const one of lists.querySelectorAll("details")) one.open = open.includes(one.dataset.kept);
  const waiting = lists.querySelector("[data-waiting]");
  if (waiting && count) showWaiting(Number(waiting.textContent));
  if (focused === null) return;
  const same = [...lists.querySelectorAll("a, button, summary")].find((one) => leadsTo(one) === focused);
  (same ?? document.getElementById("main")).focus({ preventScroll: true });
}

const leadsTo = (one) => one.href ?? one.form?.action ?? one.parentElement.dataset.kept ?? null;

async function keepThreadFresh(thread) {
  while (thread) {
    const { thread: where, delivery } = thread.dataset;
    const seen = thread.lastElementChild?.dataset.line ?? "";
    const answer = await look(where, { seen, delivery });
    // Gone for me, or gone altogether: somebody deleted everything.
    const isGone = [404, 410].includes(answer?.status);
    const isOther = isGone || answer?.status === 205;
    if (isOther && !leaving) thread = await drawAgain(thread, where, isGone);
    else if (!isOther && answer?.ok) append(thread, linesOf(await answer.text()));
    else await after(AGAIN_AFTER_MS);
  }
}

const linesOf = (html) => {
  const given = document.createElement("template");
  given.innerHTML = html;
  return [...given.content.children];
};

// What became of a text changes after it was said, and whether the phone can be reached.
// Gives the thread that is to be kept fresh from now on; none where the case has gone.
async function drawAgain(thread, where, isGone) {
  const answer = await fetch(where.replace(/\/thread$/, ""), { credentials: "same-origin" }).catch(() => null);
  if (!isGone && (answer === null || answer.status >= 500)) {
    await after(AGAIN_AFTER_MS);
    return thread;
  }
  if (answer === null || answer.status === 401) {
    location.reload();
    return null;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-thread]");
  const mayWrite = (one) => one.getElementById("text") !== null;
  if (isGone || !fresh || mayWrite(page) !== mayWrite(document)) {
    turnPage(page);
    return document.querySelector("[data-thread]");
  }
  document.querySelector("[data-reach]").innerHTML = page.querySelector("[data-reach]").innerHTML;
  for (const line of fresh.children) {
    const shown = [...thread.children].find((one) => one.dataset.line === line.dataset.line);
    if (shown?.dataset.line) shown.querySelector("small").textContent = line.querySelector("small").textContent;
  }
  append(thread, [...fresh.children]);
  thread.dataset.delivery = fresh.dataset.delivery;
  return thread;
}

// The case is not mine any more, or cannot be written to: its page says why. What was
// being written to them is shown where that may be, and goes back into its field as soon
// as they can be written to; nothing is left of it where they took back their yes.
function turnPage(page) {
  const kept = document.querySelector("[data-unsent] .verbatim")?.textContent ?? "";
  const draft = document.getElementById("text")?.value ?? kept;
  const unsent = page.querySelector("[data-unsent]"), field = page.getElementById("text");
  if (field) field.value = draft;
  else if (draft.trim() && unsent) {
    unsent.querySelector(".verbatim").textContent = draft;
    unsent.hidden = false;
  }
  const note = page.getElementById("note");
  if (note) note.value = document.getElementById("note")?.value ?? "";
  document.title = page.title;
  document.getElementById("main").replaceWith(page.getElementById("main"));
  document.getElementById("main").focus();
}

// Adds only what is new, so that a screen reader hears each line once.
function append(thread, given) {
  const known = new Set([...thread.children].map((line) => line.dataset.line));
  const lines = given.filter((line) => line.dataset.line && !known.has(line.dataset.line));
  if (lines.length === 0) return;
  thread.querySelector(".none")?.remove();
  thread.querySelector("#latest")?.removeAttribute("id");
  thread.append(...lines);
  thread.lastElementChild.scrollIntoView({ block: "nearest" });
  showCrisis(lines.findLast((line) => line.classList.contains("crisis")));
}

function showCrisis(line) {
  const banner = document.querySelector(".banner.crisis");
  if (!line || !banner) return;
  banner.querySelector("[data-at]").textContent = line.dataset.at;
  banner.hidden = false;
}

// Who waits is counted on every page: in the menu, in the title, and said when it grows.
let waitedBefore = null;
function showWaiting(waiting) {
  count.textContent = waiting ? ` ${waiting}` : "";
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = waiting ? `(${waiting}) ${title}` : title;
  const told = document.querySelector("[data-told]");
  if (waitedBefore !== null && waiting > waitedBefore) told.textContent = `${waiting} waiting in the inbox`;
  waitedBefore = waiting;
}

async function keepCount() {
  for (;; await after(COUNT_EVERY_MS)) {
    const query = new URLSearchParams({ fragment: "1" });
    const answer = await fetch(`${count.dataset.count}?${query}`, { credentials: "same-origin" }).catch(() => null);
    if (answer?.status === 401) return;
    if (!answer?.ok) continue;
    showWaiting(Number(await answer.text()));
  }
}

// What was just done is said once: not again when the page is loaded anew.
if (document.querySelector("[data-done]")) {
  const here = new URL(location.href);
  here.searchParams.delete("done");
  history.replaceState(null, "", here);
}

// A long link is copied at one press; without this script it can be marked and copied.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.nextElementSibling.textContent = "Copied.";
  });
}

const lists = document.querySelector("[data-fresh]");
const thread = document.querySelector("[data-thread]");
const count = document.querySelector("[data-count]");
if (lists) keepListsFresh(lists);
if (thread) keepThreadFresh(thread);
if (count) keepCount();
