// Dates as they are understood, and a sentence at those that are not, as the server says it while one goes on typing.
import { form } from "./draft.js";

export function show({ understood, wrong }) {
  for (const input of form.querySelectorAll("input[name=understood]")) input.remove();
  for (const [name, { words, echo }] of Object.entries(understood)) {
    const noted = document.createElement("input");
    noted.type = "hidden";
    noted.name = "understood";
    noted.value = echo;
    form.append(noted);
    write(name, "understood", words);
  }
  for (const [name, sentence] of Object.entries(wrong)) {
    // Nobody is interrupted in the middle of a word; and what the page says already is not said twice.
    const busy = document.getElementById(name) === document.activeElement;
    if (!busy && !document.getElementById(`${name}-error`)) write(name, "not-understood", sentence);
  }
  for (const line of form.querySelectorAll(".understood")) if (!(fieldOf(line) in understood)) take(line);
  for (const line of form.querySelectorAll(".not-understood")) if (!(fieldOf(line) in wrong)) take(line);
}

const fieldOf = (line) => line.id.replace(/-(not-)?understood$/, "");

function write(name, kind, words) {
  const field = document.getElementById(name);
  if (!field || field.value.trim() === "") return;
  let line = document.getElementById(`${name}-${kind}`);
  if (!line) {
    line = document.createElement("span");
    line.id = `${name}-${kind}`;
    line.className = kind;
    field.closest(".field").append(line);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  }
  if (line.textContent === words) return;
  line.textContent = words;
  // Screen readers tell what changes in a place that was there before.
  document.getElementById("echo").textContent = words;
}

function take(line) {
  const field = document.getElementById(fieldOf(line));
  const rest = (field?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== line.id);
  if (rest.length > 0) field?.setAttribute("aria-describedby", rest.join(" "));
  else field?.removeAttribute("aria-describedby");
  line.remove();
}
