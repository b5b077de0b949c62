// The way out, lent by the chat page: it takes the chat off this browser as well.

const { chat, chatLeftCookie } = document.body.dataset;
const [{ watch }, { mark }] = await Promise.all([
  import(`${chat}/exit.js`),
  import(`${chat}/page.js`),
]);

watch(() => mark(chatLeftCookie, 365 * 24 * 60 * 60));
