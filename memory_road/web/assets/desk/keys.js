// The desk by keyboard. Keys are known by their place on the keyboard, so that they work whatever letters it types.
// Everything that a key does is a button, link or field of the page too; what it is stands in its data-key.

const KEPT = "memory-road:desk-keys";
const KEYS = {
  KeyT: "take",
  KeyA: "approve",
  KeyR: "return",
  KeyN: "reject",
  KeyH: "hold",
  KeyS: "next",
  KeyQ: "queue",
  KeyZ: "zoom",
  KeyM: "mark",
  KeyO: "oldest",
};
const STEPS = { KeyJ: 1, KeyK: -1 };
const TYPED = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

const help = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const heading = document.querySelector("main h1");
let on = true;
try {
  on = localStorage.getItem(KEPT) !== "off";
} catch {
  /* the device keeps nothing: they are on */
}

function seen(element) {
  return element.checkVisibility?.() ?? element.offsetParent !== null;
}

function marked(deed) {
  return [...document.querySelectorAll(`[data-key~="${deed}"]`)].find(seen);
}

// A form that opens gets the focus in its first field; a question gets it itself; a button or a link is pressed.
function does(element) {
  if (element.matches("summary")) {
    element.parentElement.open = true;
    const first = element.parentElement.querySelector("select, textarea, button");
    first.focus();
    first.scrollIntoView({ block: "nearest" });
  } else if (element.matches("input")) {
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  } else {
    element.click();
  }
}

function walk(by) {
  const links = [...document.querySelectorAll(".queue li a")];
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  return links.length > 0;
}

// In a form that is filled in, Control and Enter send it; Enter on the question answers yes, and sends.
function confirm(event) {
  const form = event.target.form;
  const question = event.target.matches('[data-key~="approve"]');
  if (event.key !== "Enter" || !form?.closest(".decide") || !(question || event.ctrlKey || event.metaKey)) return false;
  const deciding = event.target.closest(".verdict-form") ?? form.querySelector(".approve");
  const sends = deciding?.querySelector("[data-sends]");
  if (!sends) return false;
  if (question) event.target.checked = true;
  form.requestSubmit(sends);
  return true;
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
  if (on && confirm(event)) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPED)) return;
  if (on && (event.key === "?" || (event.code === "Slash" && event.shiftKey))) {
    event.preventDefault();
    help.showModal();
    return;
  }
  if (!on || event.shiftKey) return;
  const element = KEYS[event.code] && marked(KEYS[event.code]);
  if (element) does(element);
  if (element || (STEPS[event.code] && walk(STEPS[event.code]))) event.preventDefault();
}

function switched(box) {
  on = box.checked;
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    /* it holds for this page */
  }
}

// After a decision the next case has come up, and who works by keyboard begins at its name; after a refusal, at why.
function begin() {
  const why = document.querySelector(".summary[role=alert]");
  const notice = document.querySelector(".notice");
  const start = why ?? (notice ? heading : null);
  if (!start) return;
  if (start === heading) {
    notice.id = "said";
    start.setAttribute("aria-describedby", "said");
  }
  start.tabIndex = -1;
  start.focus();
}

if (help) {
  const box = help.querySelector("input");
  box.checked = on;
  box.addEventListener("change", () => switched(box));
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", pressed);
  begin();
}
