// Pictures change places without a new page; the focus goes along, and the new place is said.
import { draftAddress, token } from "./draft.js";
import { tell } from "./row.js";

const pictures = document.getElementById("pictures");
let last = Promise.resolve();

async function place(card, button) {
  const group = card.querySelector("[data-photograph]");
  const name = group.getAttribute("aria-label");
  const { step } = button.dataset;
  const body = new URLSearchParams({ csrf_token: token(), step });
  const where = `${await draftAddress()}/photographs/${group.dataset.photograph}/place`;
  const answer = await fetch(where, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) {
    tell(`${name}: ${pictures.dataset.notMoved}`);
    return;
  }
  const order = [...pictures.children].filter((other) => other !== card);
  const now = Number(await answer.text());
  pictures.insertBefore(card, order[now - 1] ?? null);
  const shown = [button, ...card.querySelectorAll("button[data-step]")].find((each) => each.offsetParent !== null);
  shown?.focus();
  const said = pictures.dataset.moved.replace("{place}", now).replace("{count}", pictures.children.length);
  tell(`${name}: ${said}`);
}

export function watchOrder() {
  pictures.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step]");
    if (!button) return;
    event.preventDefault();
    last = last.then(() => place(button.closest("li"), button));
  });
}
