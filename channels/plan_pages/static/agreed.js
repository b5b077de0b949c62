// Copies the link of a share, where the browser can.

import "./leaving.js";

const button = document.getElementById("copy");
const { say } = await import(`${document.body.dataset.chat}/page.js`);

button.hidden = !navigator.clipboard;
button.addEventListener("click", async () => {
  await navigator.clipboard.writeText(document.getElementById("address").value);
  document.getElementById("copied").textContent = say("live.copied");
});
