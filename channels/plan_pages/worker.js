// Opens the copy on this phone when there is no signal. It holds no plan: only an
// empty page, its styles and its scripts. What the person wrote is in the page's store.

const SHELL = SHELL_FILES;
const NAME = SHELL_NAME;

self.addEventListener("install", (event) => {
  const fill = async () => {
    const kept = await caches.open(NAME);
    await kept.addAll(SHELL.map((file) => new Request(file, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("/my-page/") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/my/kept")));
  } else if (SHELL.includes(path)) {
    event.respondWith(caches.match(path).then((found) => found ?? fetch(request)));
  }
});
