// The map of birthplaces and burials. Without this script the page has a list of countries instead.

const { L } = window;
const holder = document.getElementById("map");
const { kind, parts, land, label, named, larger, smaller, lost } = holder.dataset;
const [least, most] = [Number(holder.dataset.least), Number(holder.dataset.most)];
const section = document.getElementById("in-view");
const said = section.querySelector("[role=status]");
const list = section.querySelector("ul");
const MOST_LISTED = 60;
// Squares stand 64 pixels apart, so that no two circles touch.
const RADIUS = { smallest: 14, widest: 30 };
const IN_CIRCLE = { tallest: 16, widest: 42, wideness: 0.62 };
const numbers = new Intl.NumberFormat([document.documentElement.lang, "ru"]);
const people = (number) => label.replace("{number}", numbers.format(number));

function saying(square) {
  if (!square.place) return `${people(square.entries)} (${square.at.map((degrees) => degrees.toFixed(1)).join(", ")})`;
  return named.replace(/{(number|place)}/g, (_, word) => (word === "place" ? square.place : numbers.format(square.entries)));
}

// The key of a part of the map: each digit says in which quarter of the square before it it is.
function keyOf(x, y, level) {
  let key = "";
  for (let bit = level - 1; bit >= 0; bit--) key += ((x >> bit) & 1) + 2 * ((y >> bit) & 1);
  return key;
}

function placeOf(key) {
  const wide = 2 ** key.length;
  let [x, y] = [0, 0];
  for (const digit of key) [x, y] = [2 * x + (digit & 1), 2 * y + (digit >> 1)];
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / wide))) * 180) / Math.PI;
  return [latitude, ((x + 0.5) / wide) * 360 - 180];
}

const asked = new Map();
function squaresOf(key) {
  if (!asked.has(key)) {
    const answer = fetch(`${parts}/${kind}/${key}.json`).then((got) => (got.ok ? got.json() : Promise.reject(got)));
    answer.catch(() => asked.delete(key));
    asked.set(key, answer);
  }
  return asked.get(key);
}

function linkTo(square) {
  const link = document.createElement("a");
  link.href = square.page;
  return link;
}

// A circle with a number: part of the drawing of the map, with words for those who hear it.
function mark(square) {
  const link = linkTo(square);
  link.setAttribute("aria-label", saying(square));
  link.innerHTML = '<svg viewBox="-24 -24 48 48" aria-hidden="true"><circle r="23"></circle><text dy=".36em"></text></svg>';
  const text = link.querySelector("text");
  text.textContent = numbers.format(square.entries);
  const fits = IN_CIRCLE.widest / (IN_CIRCLE.wideness * text.textContent.length);
  text.style.fontSize = `${Math.min(IN_CIRCLE.tallest, fits)}px`;
  return link;
}

function show(map, shown, squares) {
  shown.clearLayers();
  const seen = squares.filter((square) => map.getBounds().contains(square.at));
  const greatest = Math.max(1, ...squares.map((square) => square.entries));
  for (const square of seen) {
    const share = Math.log1p(square.entries) / Math.log1p(greatest);
    const size = 2 * Math.round(RADIUS.smallest + share * (RADIUS.widest - RADIUS.smallest));
    const icon = L.divIcon({ className: "square-mark", html: mark(square), iconSize: [size, size] });
    L.marker(square.at, { icon, keyboard: false }).addTo(shown);
  }
  const ordered = [...seen].sort((one, other) => other.entries - one.entries).slice(0, MOST_LISTED);
  list.replaceChildren(
    ...ordered.map((square) => {
      const item = document.createElement("li");
      const link = linkTo(square);
      link.textContent = saying(square);
      item.append(link);
      return item;
    }),
  );
  const number = seen.reduce((sum, square) => sum + square.entries, 0);
  said.textContent = number ? people(number) : said.dataset.nobody;
}

async function look(map, shown) {
  const zoom = map.getZoom();
  const wide = 2 ** zoom;
  const { min, max } = map.getPixelBounds();
  const keys = new Set();
  for (let x = Math.max(0, Math.floor(min.x / 256)); x <= Math.min(wide - 1, Math.floor(max.x / 256)); x++) {
    for (let y = Math.max(0, Math.floor(min.y / 256)); y <= Math.min(wide - 1, Math.floor(max.y / 256)); y++) {
      keys.add(keyOf(x, y, zoom));
    }
  }
  try {
    const squares = (await Promise.all([...keys].map(squaresOf))).flat();
    if (map.getZoom() === zoom) show(map, shown, squares);
  } catch {
    said.textContent = lost;
  }
}

async function begin() {
  holder.hidden = section.hidden = false;
  const map = L.map(holder, {
    minZoom: least,
    maxZoom: most,
    maxBounds: [[-70, -200], [84, 200]],
    zoomControl: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  L.control.zoom({ zoomInTitle: larger, zoomOutTitle: smaller }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
  const key = location.hash.slice(1);
  if (/^[0-3]+$/.test(key)) map.setView(placeOf(key), Math.max(least, Math.min(most, key.length - 1)));
  else map.setView([54, 55], matchMedia("(max-width: 46rem)").matches ? least : least + 1);
  const shown = L.layerGroup().addTo(map);
  map.on("moveend", () => look(map, shown));
  look(map, shown);
  const shapes = await (await fetch(land)).json();
  L.geoJSON(shapes, { interactive: false, style: { className: "land" } }).addTo(map);
}

begin().catch(() => {
  said.textContent = lost;
});
