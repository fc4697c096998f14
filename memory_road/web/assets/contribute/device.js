// What is typed, noted on this device until the server has it. A full or forbidden storage of the device is no reason to
// disturb anybody.
import { form } from "./draft.js";

const KEPT = 7 * 24 * 3600 * 1000;
const PREFIX = "memory-road:";
const NOT_TYPED = new Set(["csrf_token", "ticket", "revision", "form_key", "understood", "photos", "signed_page", "action", "parked"]);

// Two accounts on one device never see each other's notes.
export const place = () => `${PREFIX}${form.dataset.owner}:${form.getAttribute("action")}`;

function quietly(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export function note() {
  const typed = [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
  quietly(() => localStorage.setItem(place(), JSON.stringify({ at: Date.now(), typed })));
}

export function forget(key = place()) {
  quietly(() => localStorage.removeItem(key));
}

// A button sends everything: once its answer is here (left.js), the note can go.
export function leave() {
  note();
  quietly(() => sessionStorage.setItem(`${PREFIX}left`, place()));
}

function noted(key) {
  const found = quietly(() => JSON.parse(localStorage.getItem(key)));
  return found && Date.now() - found.at <= KEPT ? found.typed : null;
}

export function forgetOld() {
  const keys = quietly(() => Object.keys(localStorage)) ?? [];
  for (const key of keys) if (key.startsWith(PREFIX) && noted(key) === null) forget(key);
}

// Fill the form with what was noted; whether that changed anything.
export function putBack() {
  const typed = noted(place());
  if (typed === null) return false;
  let differs = false;
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name)) continue;
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") {
      const checked = values.includes(field.value);
      differs ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.tagName !== "BUTTON" && values.length > 0) {
      differs ||= field.value !== values[0];
      field.value = values[0];
    }
  }
  if (!differs) forget();
  return differs;
}
