// Keeps lists and threads fresh, and leaves what is being typed or pressed alone.
// Without this script the pages load themselves again, or offer a link to do it.

const LISTS_EVERY_MS = 5000;
const AGAIN_AFTER_MS = 3000;

let present = true;
for (const sign of ["pointerdown", "keydown", "focusin"]) {
  addEventListener(sign, () => { present = true; }, { passive: true });
}

// Says `here` only when somebody did something since the last look: a page that is
// left open by itself keeps nobody signed in.
async function look(address, more = {}) {
  const query = new URLSearchParams({ fragment: "1", ...more });
  if (present) query.set("here", "1");
  present = false;
  const answer = await fetch(`${address}?${query}`, { credentials: "same-origin" });
  if (answer.status === 401 || answer.status === 410) location.reload();
  return answer.ok ? answer.text() : null;
}

async function keepListsFresh(lists) {
  for (;;) {
    await new Promise((done) => setTimeout(done, LISTS_EVERY_MS));
    if (document.hidden || lists.contains(document.activeElement)) continue;
    const fresh = await look(lists.dataset.fresh).catch(() => null);
    if (fresh !== null && !lists.contains(document.activeElement)) lists.innerHTML = fresh;
  }
}

async function keepThreadFresh(thread) {
  for (;;) {
    const seen = thread.lastElementChild?.dataset.line ?? "";
    const fresh = await look(thread.dataset.thread, { seen }).catch(() => null);
    if (fresh === null) {
      await new Promise((done) => setTimeout(done, AGAIN_AFTER_MS));
    } else {
      append(thread, fresh);
    }
  }
}

// Adds only what is new, so that a screen reader hears each line once.
function append(thread, fresh) {
  const given = document.createElement("template");
  given.innerHTML = fresh;
  const known = new Set([...thread.children].map((line) => line.dataset.line));
  const lines = [...given.content.children].filter((line) => !known.has(line.dataset.line));
  if (lines.length === 0) return;
  thread.querySelector(".none")?.remove();
  thread.querySelector("#latest")?.removeAttribute("id");
  thread.append(...lines);
  thread.lastElementChild.scrollIntoView({ block: "nearest" });
}

const lists = document.querySelector("[data-fresh]");
const thread = document.querySelector("[data-thread]");
if (lists) keepListsFresh(lists);
if (thread) keepThreadFresh(thread);
