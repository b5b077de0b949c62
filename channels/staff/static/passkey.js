// Passkeys: asks the device for one and sends what it answers with the page's own form.
// Without this script, or in a browser that has none, the parts about them stay hidden.

const read = (said) => Uint8Array.from(
  atob(said.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const written = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: read(one.id) }));

async function asked(options) {
  const publicKey = { ...options, challenge: read(options.challenge) };
  if (!options.user) {
    publicKey.allowCredentials = named(options.allowCredentials);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user = { ...options.user, id: read(options.user.id) };
  publicKey.excludeCredentials = named(options.excludeCredentials);
  return navigator.credentials.create({ publicKey });
}

function answerOf(passkey) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (passkey.response[part]) response[part] = written(passkey.response[part]);
  }
  const { id, type } = passkey;
  return JSON.stringify({ id, rawId: written(passkey.rawId), type, response });
}

// One line for each kind of no: the page has its words.
function say(form, what) {
  for (const line of form.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== what;
}

async function use(form) {
  const token = form.elements.form_token?.value ?? "";
  const begun = await fetch(form.dataset.passkey, {
    method: "POST", credentials: "same-origin", body: new URLSearchParams({ form_token: token }),
  }).catch(() => null);
  if (begun?.redirected) return location.assign(begun.url);
  if (begun?.status === 404) return say(form, "nothing");
  if (!begun?.ok) return say(form, "away");
  const passkey = await asked(await begun.json()).catch((problem) => problem);
  if (!(passkey instanceof PublicKeyCredential)) {
    return say(form, passkey?.name === "InvalidStateError" ? "already" : "nothing");
  }
  form.elements.answer.value = answerOf(passkey);
  form.submit();
}

const has = "PublicKeyCredential" in window;
for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = has;
for (const part of document.querySelectorAll(".passkey")) {
  part.hidden = !has;
  const form = part.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.getAttribute("aria-disabled")) return;
    say(form, null);
    button.setAttribute("aria-disabled", "true");
    await use(form);
    button.removeAttribute("aria-disabled");
  });
}
