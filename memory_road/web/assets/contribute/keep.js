// What is typed is kept: a moment after the last key on the server, and until that has answered on this device, so that
// neither a closed tab nor a lost connection nor an ended session costs a word. What the server has, the device forgets.
import { showAlike } from "./alike.js";
import { compare, forget, forgetOld, leave, note, place, putBack } from "./device.js";
import { form, keep, renewToken } from "./draft.js";
import { show } from "./echo.js";

const AFTER_TYPING = 1500;
const AGAIN_AFTER = 20000;
const unsaved = document.getElementById("unsaved");
const saved = document.getElementById("saved");

let timer = 0;
let changes = 0;
let waiting = false; // for the connection, or for a new sign-in
let stopped = false; // another window has the newer draft, or a button was pressed

function tell(words) {
  unsaved.textContent = words;
  unsaved.hidden = words === "";
}

function later(action, delay) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(action, delay);
}

function changed({ target }) {
  if (target.type === "file") return;
  changes += 1;
  note();
  later(save, AFTER_TYPING);
}

async function save() {
  clearTimeout(timer);
  const [key, before] = [place(), changes];
  try {
    const kept = await keep();
    saved.textContent = kept.saved;
    show(kept);
    showAlike(kept.alike);
  } catch (error) {
    if (!stopped) explain(error);
    return;
  }
  waiting = false;
  tell("");
  if (before === changes) {
    forget(key);
    forget();
  }
}

function explain({ status = 0, sentence }) {
  if (status === 409) {
    stopped = true;
    tell(sentence);
    return;
  }
  waiting = true;
  const { lost, signedOut, fault } = unsaved.dataset;
  tell({ 0: lost, 400: signedOut, 401: signedOut }[status] ?? fault);
  later(again, AGAIN_AFTER);
}

async function again() {
  if (!waiting || stopped) return;
  await renewToken().catch(() => {}); // if the connection is still lost, saving will say so
  await save();
}

// What the device has and the server has not is put back at once; what may be older than the draft is only offered.
function offer(found) {
  if (found === "newer") {
    putBack();
    tell(unsaved.dataset.restored);
    later(save, AFTER_TYPING);
  }
  if (found !== "older") return;
  tell(unsaved.dataset.older);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = unsaved.dataset.putBack;
  button.addEventListener("click", () => {
    putBack();
    stopped = true; // whether it is kept is the sender's own decision now
    tell(unsaved.dataset.restored);
    document.getElementById("main").focus();
  });
  unsaved.append(" ", button);
}

export function watchTyping() {
  forgetOld();
  // After a mistake the page shows what was just sent: it is newer than what the device noted.
  if (document.getElementById("summary") || document.getElementById("parked")) forget();
  else offer(compare());
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    stopped = true;
    clearTimeout(timer);
    leave();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false; // back by the browser's button
  });
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
    else if (changes > 0 && !stopped && !waiting) save();
  });
}
