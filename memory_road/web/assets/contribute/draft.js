// The form, the draft that it belongs to, and the form's token.

export const form = document.getElementById("contribution");

export class Unanswered extends Error {
  constructor(status) {
    super(`answered with ${status}`);
    this.status = status;
  }
}

export const address = () => form.getAttribute("action"); // form.action is one of its buttons
export const token = () => form.elements.csrf_token.value;

let draft = form.dataset.fresh === "no" ? Promise.resolve(draftOf(address())) : null;
let last = Promise.resolve();

function draftOf(path) {
  return path.match(/^.*\/contribute\/[0-9a-z]{9}/)?.[0] ?? path;
}

// The form as its own "save" button would send it, without files; one after the other, so that each knows the revision
// that the one before has made.
export function keep() {
  const sent = last.then(send);
  last = sent.catch(() => {});
  return sent;
}

async function send() {
  const data = new FormData(form);
  data.delete("photos");
  data.delete("signed_page");
  data.set("action", "keep");
  const answer = await fetch(address(), { method: "POST", body: data, redirect: "error" });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!answer.ok || !isJson) {
    const unanswered = new Unanswered(answer.ok ? 401 : answer.status);
    unanswered.sentence = isJson ? (await answer.json()).sentence : "";
    throw unanswered;
  }
  const kept = await answer.json();
  form.elements.revision.value = kept.revision;
  if (form.getAttribute("action") !== kept.address) {
    form.setAttribute("action", kept.address);
    history.replaceState(null, "", kept.address);
  }
  draft ??= Promise.resolve(kept.address);
  return kept;
}

// A picture needs a draft to belong to.
export function draftAddress() {
  draft ??= keep()
    .then((kept) => kept.address)
    .catch((error) => {
      draft = null;
      throw error;
    });
  return draft;
}

// Whoever has signed in again in another window has a new token: without it, what was typed here could not be saved.
export async function renewToken() {
  const answer = await fetch(address());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("contribution");
  // Somebody else may have signed in meanwhile: what was typed here is none of theirs.
  if (found?.dataset.owner === form.dataset.owner) form.elements.csrf_token.value = found.elements.csrf_token.value;
}
