// Reading new messages aloud, by this device's own voices only.
//
// Some browsers offer voices that live on a company's servers: the words would be
// sent there. Where no voice is on the device, reading aloud is not offered.

import { el, say, show, speak } from "./page.js";

const speech = window.speechSynthesis;
const button = el("aloud");
let reading = false;

const voice = () => {
  const local = speech.getVoices().filter((one) => one.localService);
  return local.find((one) => one.lang === "en-GB") ??
    local.find((one) => one.lang.startsWith("en"));
};

const offer = () => show(el("aloud-offer"), Boolean(voice()));

if (speech) {
  offer();
  // Voices come late, and not every browser can tell when.
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => {
    reading = !reading;
    button.setAttribute("aria-pressed", reading);
    speak(say(reading ? "aloud.on" : "aloud.off"));
    if (!reading) hush();
  });
}

document.addEventListener("said", ({ detail }) => {
  if (!reading) return;
  const words = new SpeechSynthesisUtterance(detail);
  words.voice = voice();
  words.lang = words.voice.lang;
  speech.speak(words);
});

// Hiding and leaving fall silent at once.
document.addEventListener("hush", hush);

function hush() {
  reading = false;
  button.setAttribute("aria-pressed", "false");
  speech?.cancel();
}
