// The large view: keys, buttons, touch and wheel. A picture cut into tiles is asked for only as deep as somebody looks.
import "./openseadragon/openseadragon.min.js";

const STEP = 1.5;
const PAN = 0.15;
const ZOOMED = 1.02;
const LARGEST = 2;
const ENLARGING = ["canvas-scroll", "canvas-pinch", "canvas-click", "canvas-double-click"];

// OpenSeadragon would write a style sheet into the page, which the page's policy forbids, unless it finds its own there.
const marker = document.createElementNS(null, "style");
marker.setAttribute("data-openseadragon-mobile-css", "true");
document.head.append(marker);

let dialog = null;
let viewer = null;
let links = [];
let at = 0;
let enlarged = false;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const part = (name) => dialog.querySelector(`.${name}`);

const zoom = (by) => {
  enlarged = true;
  viewer.viewport.zoomBy(by, null, calm()).applyConstraints(calm());
};
const turn = (by) => show((at + by + links.length) % links.length);
// Only for looking: the next picture stands upright again.
const rotate = (by) => {
  viewer.viewport.setRotation(viewer.viewport.getRotation() + by, true);
  viewer.viewport.goHome(true);
};
const deeds = {
  previous: () => turn(-1),
  next: () => turn(1),
  in: () => zoom(STEP),
  out: () => zoom(1 / STEP),
  whole: () => viewer.viewport.goHome(calm()),
  close: () => dialog.close(),
  turn_left: () => rotate(-90),
  turn_right: () => rotate(90),
};
const keys = { "+": "in", "=": "in", "-": "out", _: "out", 0: "whole", PageUp: "previous", PageDown: "next", "<": "turn_left", ">": "turn_right" };
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Opens the large view at `link`, one of `all` the pictures of the page.
export function open(all, link) {
  links = all;
  dialog = document.importNode(document.getElementById("viewer").content, true).querySelector("dialog");
  document.body.append(dialog);
  for (const button of dialog.querySelectorAll("button")) {
    button.addEventListener("click", deeds[button.dataset.do]);
    button.hidden = links.length < 2 && /previous|next/.test(button.dataset.do);
  }
  dialog.addEventListener("keydown", pressed);
  dialog.addEventListener("close", () => ended(links[at]));
  dialog.showModal();
  viewer = OpenSeadragon({
    element: part("stage"),
    drawer: "canvas",
    showNavigationControl: false,
    keyboardNavEnabled: false,
    visibilityRatio: 1,
    constrainDuringPan: true,
    minZoomImageRatio: 1,
    maxZoomPixelRatio: LARGEST,
    animationTime: calm() ? 0 : 0.5,
    tabIndex: -1,
  });
  viewer.addHandler("tile-drawn", () => part("stage").querySelector(".first")?.remove());
  viewer.addHandler("open-failed", lost);
  viewer.addHandler("home", () => (enlarged = false));
  for (const deed of ENLARGING) viewer.addHandler(deed, () => (enlarged = true));
  // A longer caption takes room from the picture: what was seen as a whole stays so.
  viewer.addHandler("resize", () => enlarged || viewer.viewport.goHome(true));
  part("stage").focus();
  show(links.indexOf(link));
}

async function show(number) {
  at = number;
  const link = links[at];
  const picture = link.querySelector("img");
  part("counter").textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
  part("caption").textContent = wordsOf(link);
  part("trouble").textContent = "";
  part("stage").querySelector(".first")?.remove();
  viewer.close();
  viewer.viewport?.setRotation(0, true);
  enlarged = false;
  // What the page shows already stands here until the large one has come.
  const first = Object.assign(new Image(), { className: "first", src: picture.currentSrc, alt: picture.alt });
  part("stage").prepend(first);
  part("stage").setAttribute("role", "img");
  part("stage").setAttribute("aria-label", picture.alt);
  try {
    const source = await sourceOf(link);
    if (dialog.open && link === links[at]) viewer.open(source);
  } catch {
    lost();
  }
}

// What is said of a picture, without what is there to be pressed.
function wordsOf(link) {
  const said = link.closest("figure")?.querySelector("figcaption")?.cloneNode(true);
  for (const control of said?.querySelectorAll("label, .cover") ?? []) control.remove();
  for (const block of said?.querySelectorAll("p, li, ul, ol, div") ?? []) block.before(" · ");
  const words = said?.textContent.replace(/\s+/g, " ").replace(/( ?· ?)+/g, " · ") ?? "";
  return words.replace(/^ · | · $/g, "").replace(/: · /g, ": ").trim();
}

async function sourceOf(link) {
  const address = link.dataset.viewer;
  if (!address) return { type: "image", url: link.href };
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  // From where this page came, whatever name the portal gives itself to others.
  return { ...(await answer.json()), id: new URL(address.replace(/\/info\.json$/, ""), location.href).href };
}

function lost() {
  part("trouble").textContent = dialog.dataset.lost;
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = ways[event.key];
  const deed = way ? walk(way) : deeds[keys[event.key]];
  if (!deed) return;
  event.preventDefault();
  deed();
}

// Arrows walk about in an enlarged picture; while it is seen as a whole, they go to the next one.
function walk([across, down]) {
  const view = viewer.viewport;
  if (viewer.world.getItemCount() && enlarged && view.getZoom() > view.getHomeZoom() * ZOOMED) {
    const bounds = view.getBounds();
    const seen = new OpenSeadragon.Point(across * bounds.width * PAN, down * bounds.height * PAN);
    const step = seen.rotate(-view.getRotation());
    return () => view.panBy(step, calm()).applyConstraints(calm());
  }
  return across && links.length > 1 ? () => turn(across) : null;
}

function ended(link) {
  viewer.destroy();
  dialog.remove();
  link.focus();
}
