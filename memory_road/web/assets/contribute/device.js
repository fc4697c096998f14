// What is typed, noted on this device until the server has it. A full or forbidden storage of the device is no reason to
// disturb anybody.
import { form } from "./draft.js";

const KEPT = 7 * 24 * 3600 * 1000;
const PREFIX = "memory-road:";
const NOT_TYPED = new Set(["csrf_token", "ticket", "revision", "form_key", "understood", "photos", "action", "parked"]);
const revision = () => form.elements.revision.value;

// Two accounts on one device never see each other's notes.
export const place = () => `${PREFIX}${form.dataset.owner}:${form.getAttribute("action")}`;

function quietly(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

function entries() {
  return [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
}

export function note() {
  const noted = { at: Date.now(), revision: revision(), typed: entries() };
  quietly(() => localStorage.setItem(place(), JSON.stringify(noted)));
}

export function forget(key = place()) {
  quietly(() => localStorage.removeItem(key));
}

// A button sends everything. An empty form is found empty again, whatever became of what was typed into it: there the
// page that answers forgets the note (left.js). A draft's own page sees by its revision what the server has.
export function leave() {
  note();
  if (form.dataset.fresh === "yes") quietly(() => sessionStorage.setItem(`${PREFIX}left`, place()));
}

function noted(key = place()) {
  const found = quietly(() => JSON.parse(localStorage.getItem(key)));
  return found && Date.now() - found.at <= KEPT ? found : null;
}

export function forgetOld() {
  const keys = quietly(() => Object.keys(localStorage)) ?? [];
  for (const key of keys) if (key.startsWith(PREFIX) && noted(key) === null) forget(key);
}

// What the note is to the page: nothing ("none"), newer ("newer"), or from before the draft was kept elsewhere ("older").
export function compare() {
  quietly(() => sessionStorage.removeItem(`${PREFIX}left`)); // the form is here again: nothing was left
  const found = noted();
  if (found === null) return "none";
  const shown = new Set(entries().map((entry) => JSON.stringify(entry)));
  const typed = new Set(found.typed.map((entry) => JSON.stringify(entry)).filter((entry) => !entry.endsWith(',""]')));
  const empty = (entry) => entry.endsWith(',""]');
  const same = [...typed].every((entry) => shown.has(entry)) && [...shown].every((e) => empty(e) || typed.has(e));
  if (same) {
    forget();
    return "none";
  }
  return found.revision === revision() ? "newer" : "older";
}

// Fill the form with what was noted. A note that is older than the draft takes its own revision along: the server then
// says that the draft was changed meanwhile, and nothing is written over in silence.
export function putBack() {
  const found = noted();
  if (found === null) return;
  for (const [name] of found.typed) addRow(name);
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name)) continue;
    const values = found.typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.tagName !== "BUTTON" && values.length > 0) [field.value] = values;
  }
  form.elements.revision.value = found.revision;
}

// A row of a list that the page does not have, because it was added and never kept: made after the last one.
function addRow(name) {
  const [list, row] = name.match(/^(\w+)-(\d+)-/)?.slice(1) ?? [];
  if (!row || form.elements[name] || row === "0") return;
  const last = [...(document.getElementById(list)?.querySelectorAll(":scope > .record") ?? [])].at(-1);
  if (!last) return;
  const added = last.cloneNode(true);
  for (const part of [added, ...added.querySelectorAll("*")]) {
    for (const { name: attribute, value } of [...part.attributes]) {
      part.setAttribute(attribute, value.replaceAll(new RegExp(`\\b${list}-\\d+-`, "g"), `${list}-${row}-`));
    }
    if (part.tagName === "INPUT" && part.type !== "checkbox") part.value = "";
    if (part.tagName === "TEXTAREA") part.value = "";
  }
  last.after(added);
}
