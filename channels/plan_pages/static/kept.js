// The copy on this phone, shown with or without signal.

import "./leaving.js";
import * as store from "./store.js";

const el = (id) => document.getElementById(id);
const { chat } = document.body.dataset;
const [{ marked, say, settings }, { tried }] = await Promise.all([
  import(`${chat}/page.js`),
  import(`${chat}/pin.js`),
]);

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
  made.querySelector("span").append(...words.split(/(\d[\d ]*\d)/).map(pressable));
  return made;
}

// A number of the crisis card can be pressed wherever it stands, here too.
const numbers = new Map(Object.entries(JSON.parse(settings.numbers)));

function pressable(words) {
  if (!numbers.has(words)) return words;
  const link = document.createElement("a");
  link.href = numbers.get(words);
  link.textContent = words;
  return link;
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
  const hidden = copy.plan && marked(settings.hiddenCookie);
  if (hidden) ask(copy, "kept.hidden", unhidden);
  else if (copy.plan) show(copy, copy.plan);
  else ask(copy, "kept.about", unscrambled);
  if (!(await store.mayKeep(copy))) await emptied(say("live.gone"));
}

// With no signal the chat cannot be opened, and the plan must be.
async function unhidden(copy, typed) {
  const { isRight, wait } = await tried(typed);
  if (isRight) return copy.plan;
  tell(wait ? say("kept.wait", { seconds: wait }) : say("live.wrong_pin"));
}

async function unscrambled(copy, typed) {
  const plan = await store.read(copy, typed);
  if (!plan) tell(say("live.wrong_pin"));
  return plan;
}

function ask(copy, why, opened) {
  el("unlock-about").textContent = say(why);
  el("unlock").hidden = false;
  el("unlock").addEventListener("submit", async (sent) => {
    sent.preventDefault();
    const typed = el("pin").value;
    el("pin").value = ""; // at once: what is typed while it is checked is the next try
    const plan = await opened(copy, typed);
    if (!plan) return;
    el("unlock").hidden = true;
    show(copy, plan);
  });
}

function show(copy, plan) {
  tell(copy.day ? say("kept.from", { day: copy.day }) : "");
  draw(plan);
}

await start();
