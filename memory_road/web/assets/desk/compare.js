// Two pictures beside each other: turned, enlarged and moved without loading the page anew. Without this script its
// links do the same, and each picture is moved for itself.

const TYPED = "input, select, textarea";
const WHOLE = 1;
const both = document.querySelector(".compare");
const panes = [...(both?.querySelectorAll(".pane") ?? [])];
const zooms = both?.dataset.zooms.split(" ").map(Number) ?? [];
const keys = { "+": 1, "=": 1, "-": -1, _: -1, 0: 0 };
let moving = null;

const now = () => zooms.findIndex((zoom) => both.classList.contains(`zoom-${zoom}`));
// Where the middle of a pane is in its picture, from 0 to 1 each way.
const middle = (pane) => [
  (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth,
  (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight,
];

function move(pane, [across, down]) {
  pane.scrollLeft = across * pane.scrollWidth - pane.clientWidth / 2;
  pane.scrollTop = down * pane.scrollHeight - pane.clientHeight / 2;
}

function zoom(by) {
  const place = middle(panes[0]);
  const next = by ? Math.min(Math.max(now() + by, 0), zooms.length - 1) : 0;
  for (const each of zooms) both.classList.toggle(`zoom-${each}`, each === zooms[next]);
  for (const image of both.querySelectorAll("img[data-large]")) if (zooms[next] > WHOLE) image.src = image.dataset.large;
  for (const pane of panes) move(pane, place);
}

function turn(figure, by) {
  const pane = figure.querySelector(".pane");
  const before = Number(pane.dataset.turn);
  const after = (before + by) % 4;
  pane.classList.replace(`turned-${before}`, `turned-${after}`);
  pane.dataset.turn = after;
  const said = figure.querySelector(".turning");
  said.textContent = after ? said.dataset.said.replace("…", after * 90) : "";
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPED) || !(event.key in keys)) return;
  event.preventDefault();
  zoom(keys[event.key]);
}

if (both) {
  document.body.classList.add("scripted");
  document.addEventListener("keydown", pressed);
  document.querySelector("#main").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-zoom], a[data-by]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.by) turn(link.closest("figure"), Number(link.dataset.by));
    else zoom(Number(link.dataset.zoom));
  });
  for (const pane of panes) {
    pane.addEventListener("scroll", () => {
      if (moving && moving !== pane) return;
      moving = pane;
      for (const other of panes) if (other !== pane) move(other, middle(pane));
      requestAnimationFrame(() => requestAnimationFrame(() => (moving = null)));
    });
  }
}
