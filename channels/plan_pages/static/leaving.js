// The way out, lent by the chat page: it takes the chat off this browser as well.

const { chat, chatLeftCookie } = document.body.dataset;
const [{ watch }, { mark }] = await Promise.all([
  import(`${chat}/exit.js`),
  import(`${chat}/page.js`),
]);

// What Hide for now covers in the chat is covered here: its mark is there by now.
const hiding = "BroadcastChannel" in window ? new BroadcastChannel("chat-hidden") : null;
hiding?.addEventListener("message", () => {
  document.body.textContent = "";
  location.reload();
});

watch(() => mark(chatLeftCookie, 365 * 24 * 60 * 60));
