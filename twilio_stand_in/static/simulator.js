// The phone simulator: sends what is written and shows what has changed, once a second.
"use strict";

const page = document.body;
const phone = page.dataset.phone;
const thread = document.getElementById("thread");
const none = document.getElementById("empty");
const trouble = document.getElementById("trouble");
const log = document.getElementById("log");
const write = document.getElementById("write");
const box = document.getElementById("body");
let version = page.dataset.version;

document.documentElement.classList.add("js");

function element(name, words, kind) {
  const made = document.createElement(name);
  made.textContent = words;
  if (kind) made.className = kind;
  return made;
}

function facts(text) {
  const line = element("p", "", "facts");
  const status = text.code ? `${text.says} (${text.code})` : text.says;
  line.append(
    element("time", text.at), " ",
    element("span", status, "status"), " ",
    element("span", `${text.length}, ${text.encoding}`),
  );
  return line;
}

function showText(text) {
  const known = document.getElementById(text.id);
  const item = known || element("li", "");
  item.id = text.id;
  item.className = `${text.mine ? "mine" : "theirs"} ${text.status}`;
  if (known) {
    if (known.lastElementChild.textContent !== facts(text).textContent) {
      known.lastElementChild.replaceWith(facts(text));
    }
    return;
  }
  item.append(element("p", text.body, "body"), facts(text));
  thread.append(item);
}

function showEntry(entry) {
  const row = document.createElement("tr");
  const id = element("td", "");
  id.append(element("code", entry.id));
  row.append(element("td", entry.what), element("td", entry.result), id);
  return row;
}

function toTheEnd() {
  thread.scrollTop = thread.scrollHeight;
}

function show(state) {
  const before = thread.childElementCount;
  const below = thread.scrollHeight - thread.scrollTop - thread.clientHeight;
  version = String(state.version);
  state.texts.forEach(showText);
  none.hidden = state.texts.length > 0;
  if (state.log.length) log.replaceChildren(...state.log.map(showEntry));
  if (thread.childElementCount > before || below < 80) toTheEnd();
}

async function look() {
  try {
    const answer = await fetch(`/simulator/${phone}/state?version=${version}`);
    if (answer.status === 200) show(await answer.json());
    trouble.hidden = true;
  } catch {
    trouble.textContent = page.dataset.notSent;
    trouble.hidden = false;
  }
}

async function keepLooking() {
  await look();
  setTimeout(keepLooking, document.hidden ? 5000 : 1000);
}

write.addEventListener("submit", async (submit) => {
  submit.preventDefault();
  const form = new URLSearchParams(new FormData(write));
  try {
    const answer = await fetch(write.action, {
      method: "POST", body: form, headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.statusText);
    box.value = "";
    await look();
  } catch {
    trouble.textContent = page.dataset.notSent;
    trouble.hidden = false;
  }
});

box.addEventListener("keydown", (key) => {
  if (key.key === "Enter" && !key.shiftKey && !key.isComposing) {
    key.preventDefault();
    write.requestSubmit();
  }
});

document.getElementById("phone").addEventListener("change", (choice) => {
  location.assign(`/simulator/${choice.target.value}`);
});

toTheEnd();
keepLooking();
