// The copy of a plan that this phone keeps, scrambled when there is a PIN.
//
// A PIN is short: the slow key makes guessing cost time, not impossible. The page says so.

const STORE = "my-page";
const COPY = "copy";
const ROUNDS = 600000;
const CACHES = "/my-page/";

export const canKeep = () =>
  Boolean(globalThis.indexedDB && globalThis.caches && navigator.serviceWorker && crypto.subtle);

const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

async function through(mode, work) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const deal = base.transaction(STORE, mode);
      const asked = work(deal.objectStore(STORE));
      deal.oncomplete = () => resolve(asked.result);
      deal.onerror = () => reject(deal.error);
    });
  } finally {
    base.close();
  }
}

/** Give the copy as it is kept, or nothing. */
export async function load() {
  try {
    return await through("readonly", (store) => store.get(COPY));
  } catch {
    return undefined;
  }
}

/** Keep a copy; with a PIN nothing but its marks and its day can be read. */
export async function keep(plan, token, pin) {
  const about = { token, mark: plan.mark, version: plan.version, day: plan.day };
  const copy = pin ? { ...about, ...(await scrambled(plan, pin)) } : { ...about, plan };
  await through("readwrite", (store) => store.put(copy, COPY));
}

/** Give the plan of a copy; with the wrong PIN, nothing. */
export async function read(copy, pin) {
  if (copy.plan) return copy.plan;
  try {
    const key = await keyOf(pin, copy.salt);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: copy.iv }, key, copy.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

/** Leave nothing of the copy on this phone, and tell the service so if it can be. */
export async function wipe() {
  const copy = await load();
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(STORE);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHES)) await caches.delete(name);
  }
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  if (copy) await ask("/my/copy/remove", copy.token).catch(() => {});
}

/** Tell whether the service still lets this phone keep its copy; only a plain no counts. */
export async function mayKeep(copy) {
  try {
    return (await ask("/my/copy", copy.token)).may_keep !== false;
  } catch {
    return true;
  }
}

async function ask(address, token) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ copy: token }),
  });
  if (!answer.ok) throw new Error();
  return answer.json();
}

async function scrambled(plan, pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(plan));
  const key = await keyOf(pin, salt);
  return { salt, iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

async function keyOf(pin, salt) {
  const bytes = new TextEncoder().encode(pin);
  const raw = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    raw,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}
