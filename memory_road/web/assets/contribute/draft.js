// The form, the draft that pictures belong to, and the form's token.

export const form = document.getElementById("contribution");

export class Unanswered extends Error {
  constructor(status) {
    super(`answered with ${status}`);
    this.status = status;
  }
}

export const address = () => form.getAttribute("action"); // form.action is one of its buttons
export const token = () => form.elements.csrf_token.value;

let draft = form.dataset.fresh === "no" ? Promise.resolve(address()) : null;

// A picture needs a draft to belong to: the form, without files, is sent as its own "save" button would send it.
async function begin() {
  const data = new FormData(form);
  data.delete("photos");
  data.set("action", "save");
  const answer = await fetch(address(), { method: "POST", body: data });
  const reached = new URL(answer.url).pathname;
  // Anything else, a sign-in page among it, is not the form's address.
  if (!answer.ok || !/\/contribute\/[0-9a-z]{9}$/.test(reached)) throw new Unanswered(answer.ok ? 401 : answer.status);
  form.setAttribute("action", reached);
  history.replaceState(null, "", reached);
  return reached;
}

export function draftAddress() {
  draft ??= begin().catch((error) => {
    draft = null;
    throw error;
  });
  return draft;
}

// Whoever has signed in again in another window has a new token: without it, what was typed here could not be saved.
export async function renewToken() {
  const answer = await fetch(address());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("contribution")?.elements.csrf_token;
  if (found) form.elements.csrf_token.value = found.value;
}
