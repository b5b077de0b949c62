// The plan page's own liveliness: printing, and keeping a copy on this phone.

import "./leaving.js";
import * as store from "./store.js";

const el = (id) => document.getElementById(id);
const { chat, mark, version } = document.body.dataset;
const { say } = await import(`${chat}/page.js`);

el("print").hidden = false;
el("print").addEventListener("click", () => print());

const tell = (words) => {
  el("phone-state").textContent = words;
};

async function show() {
  const copy = await store.load();
  el("have-copy").hidden = !copy;
  if (!copy) return tell("");
  if (copy.mark !== mark) return tell(say("live.other"));
  if (copy.sealed && copy.version !== Number(version)) return tell(say("live.older"));
  tell(say("live.kept", { day: copy.day }));
}

async function keep(pin) {
  const copy = await store.load();
  const [plan, token] = await Promise.all([
    got("/my/my-page.json"),
    copy?.mark === mark ? copy.token : got("/my/copy/keep", { method: "POST" }).then((a) => a.copy),
  ]);
  await store.keep(plan, token, pin);
  await navigator.serviceWorker.register("/my/worker.js");
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
}

async function got(address, how) {
  const answer = await fetch(address, how);
  if (!answer.ok) throw new Error();
  return answer.json();
}

async function start() {
  const able = store.canKeep();
  el("phone").hidden = !able;
  el("cannot-keep").hidden = able;
  if (!able) return;
  const copy = await store.load();
  if (copy && !(await store.mayKeep(copy))) await store.wipe();
  else if (copy?.plan && copy.mark === mark && copy.version !== Number(version)) {
    await keep("").catch(() => {});
  }
  await show();
}

el("keep").addEventListener("submit", async (sent) => {
  sent.preventDefault();
  const pin = el("copy-pin").value;
  if (pin && !/^\d{4,8}$/.test(pin)) return tell(say("live.short_pin"));
  try {
    await keep(pin);
    el("copy-pin").value = "";
    await show();
  } catch {
    tell(say("live.not_now"));
  }
});

el("remove-copy").addEventListener("click", async () => {
  await store.wipe();
  await show();
  tell(say("live.removed"));
});

await start();
