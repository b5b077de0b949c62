// Keeps the thread fresh, and leaves what is being typed alone.
const thread = document.querySelector("[data-thread]");

async function refresh() {
  try {
    const answer = await fetch(thread.dataset.thread, { credentials: "same-origin" });
    if (answer.ok) {
      const fresh = await answer.text();
      if (fresh.trim() !== thread.innerHTML.trim()) thread.innerHTML = fresh;
    }
  } finally {
    setTimeout(refresh, 3000);
  }
}

if (thread) setTimeout(refresh, 3000);
