// The copy on this phone, shown with or without signal.

import "./leaving.js";
import * as store from "./store.js";

const el = (id) => document.getElementById(id);
const { say } = await import(`${document.body.dataset.chat}/page.js`);

const tell = (words) => {
  el("kept-state").textContent = words;
};

function draw(plan) {
  if (plan.name) el("kept-heading").textContent = plan.name;
  el("kept").replaceChildren(...plan.sections.map(part));
}

function part({ title, lines }) {
  const made = el("part-pattern").content.cloneNode(true);
  made.querySelector("h2").textContent = title;
  made.querySelector("ul").append(...lines.map(line));
  return made;
}

function line(words) {
  const made = el("line-pattern").content.cloneNode(true);
  made.querySelector("span").textContent = words;
  return made;
}

async function emptied(words) {
  el("kept").replaceChildren();
  el("unlock").hidden = el("kept-tools").hidden = true;
  await store.wipe();
  tell(words);
}

async function start() {
  const copy = await store.load();
  if (!copy) return tell(say("live.nothing"));
  el("kept-tools").hidden = false;
  el("remove-copy").addEventListener("click", () => emptied(say("live.removed")));
  if (copy.plan) show(copy, copy.plan);
  else {
    el("unlock").hidden = false;
    el("unlock").addEventListener("submit", async (sent) => {
      sent.preventDefault();
      const plan = await store.read(copy, el("pin").value);
      el("pin").value = "";
      if (!plan) return tell(say("live.wrong_pin"));
      el("unlock").hidden = true;
      show(copy, plan);
    });
  }
  if (!(await store.mayKeep(copy))) await emptied(say("live.gone"));
}

function show(copy, plan) {
  tell(copy.day ? say("kept.from", { day: copy.day }) : "");
  draw(plan);
}

await start();
