// The page as the scripts see it: its parts, its words, and waiting.

export const el = (id) => document.getElementById(id);

const words = JSON.parse(document.body.dataset.words);

/** Give the words under a key, with {gaps} filled in. */
export const say = (key, gaps = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);

export const settings = document.body.dataset;

/** Show or hide a part, writing only on a change: screen readers hear every write. */
export function show(part, shown) {
  if (part.hidden === shown) part.hidden = !shown;
}

/** Have a screen reader say something once, when it has finished its sentence. */
export function speak(words) {
  const line = document.createElement("p");
  line.textContent = words;
  el("spoken").append(line);
  // Long enough to be heard, short enough not to be met again while browsing.
  setTimeout(() => line.remove(), 5000);
}

const wakers = new Set();

/** Wait, unless something happens that makes it worth trying at once. */
export function pause(milliseconds) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      wakers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    wakers.add(done);
  });
}

/** Try again now whatever is waiting, and whatever may be stuck. */
export function wake() {
  for (const done of [...wakers]) done();
  document.dispatchEvent(new CustomEvent("wake"));
}

/** Tell whether a mark that the page sets itself is on this browser. */
export const marked = (name) =>
  document.cookie.split("; ").some((cookie) => cookie.startsWith(`${name}=`));

export function mark(name, seconds) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=1; Path=/; SameSite=Strict; Max-Age=${seconds}${secure}`;
}
