// Pictures are sent one after another, so that they arrive in the order in which they were chosen. When the connection is
// lost, all of them wait; they go on when it is back, when the page is looked at again, and when somebody says so.
import { form, renewToken, Unanswered } from "./draft.js";
import { list, Row, tell, words } from "./row.js";
import { Cancelled, forget, Refusal, Sending } from "./sending.js";

const AGAIN_AFTER = 30000;
const pictures = document.getElementById("pictures");
const mostBytes = Number(document.getElementById("photos").dataset.mostBytes);
const waiting = [];
let working = null;
let stopped = false;
let leaving = false;

export function add(files) {
  for (const file of files) {
    const item = { file };
    item.row = new Row(file, goOn, () => cancel(item));
    if (file.size > mostBytes) {
      item.row.refuse(words.large);
      continue;
    }
    item.sending = new Sending(file, begunEarlier(file), (sent, total) => item.row.progress(sent, total));
    waiting.push(item);
  }
  if (stopped) goOn();
  else work();
}

// The same file as one of which a part has arrived before this page was opened.
function begunEarlier(file) {
  for (const line of list.querySelectorAll("li[data-upload]")) {
    const { upload, name, length, modified } = line.dataset;
    if (name === file.name && Number(length) === file.size && Number(modified) === file.lastModified) {
      line.remove();
      return upload;
    }
  }
  return "";
}

async function work() {
  while (working === null && !stopped && waiting.length > 0) {
    working = waiting[0];
    await deliver(working);
    working = null;
  }
}

async function deliver(item) {
  const { row, sending } = item;
  try {
    const card = await sending.send();
    drop(item);
    show(card, row);
  } catch (error) {
    if (error instanceof Cancelled) return;
    if (error instanceof Refusal) {
      drop(item);
      row.refuse(error.message);
      return;
    }
    stop(row, error instanceof Unanswered ? error.status : 0);
  }
}

function drop(item) {
  const place = waiting.indexOf(item);
  if (place >= 0) waiting.splice(place, 1);
}

function show(card, row) {
  if (document.getElementById(card.id)) {
    row.remove(words.again);
    return;
  }
  pictures.append(document.adoptNode(card));
  row.remove(words.done);
}

function stop(row, status) {
  stopped = true;
  const said = { 0: words.lost, 400: words.signedOut, 401: words.signedOut, 409: words.elsewhere, 413: words.large };
  row.stop(said[status] ?? words.fault);
  if (status === 0) setTimeout(goOn, AGAIN_AFTER);
}

async function goOn() {
  if (!stopped || working !== null) return;
  stopped = false;
  for (const { row } of waiting) row.wait();
  await renewToken().catch(() => {}); // if the connection is still lost, sending will say so
  await work();
}

async function cancel(item) {
  drop(item);
  if (waiting.length === 0) stopped = false;
  const card = await item.sending?.cancel();
  if (card) show(card, item.row);
  else item.row.remove(words.cancelled);
}

function saySendingFirst(event) {
  if (working === null) {
    leaving = true; // what is stopped stays on the server, and the next page tells of it
    return;
  }
  event.preventDefault();
  let wait = document.getElementById("wait");
  if (!wait) {
    wait = document.createElement("p");
    wait.id = "wait";
    list.after(wait);
  }
  wait.textContent = words.wait;
  tell(words.wait);
  list.scrollIntoView({ block: "center" });
}

async function forgetEarlier(event) {
  const line = event.target.closest("button[value^=forget]")?.closest("li[data-upload]");
  if (!line) return;
  event.preventDefault();
  const answer = await forget(line.dataset.upload).catch(() => null);
  if (!answer?.ok && answer?.status !== 404 && answer?.status !== 410) {
    tell(words.lost);
    return;
  }
  line.remove();
  document.getElementById("photos").focus();
  tell(`${line.dataset.name}: ${words.cancelled}`);
}

export function watchForm() {
  form.addEventListener("submit", saySendingFirst, { capture: true }); // before anybody takes it for sent
  list.addEventListener("click", forgetEarlier);
  addEventListener("online", goOn);
  addEventListener("beforeunload", (event) => {
    if (waiting.length > 0 && !leaving) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") goOn();
  });
}
