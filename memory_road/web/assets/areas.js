// Frames on pictures: drawn and moved with the mouse or a finger, and always the same as what the form's fields say.
// The fields do without this script, and everything that a pointer does can be done in them with the keyboard.

const WHOLE = 10000;
const LEAST = 100;
const within = (number, least, most) => Math.min(most, Math.max(least, number));

document.body.classList.add("scripted");

function drawingOf(part) {
  const svg = part.querySelector("svg.areas");
  const tall = svg.viewBox.baseVal.height;
  svg.classList.add("drawable");
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    return {
      x: within(((event.clientX - box.left) / box.width) * WHOLE, 0, WHOLE),
      y: within(((event.clientY - box.top) / box.height) * tall, 0, tall),
    };
  };
  // `begin` gets the first point and gives what to do with the following ones.
  const dragged = (begin) =>
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      const go = begin(point(event));
      const move = (later) => go(point(later));
      svg.addEventListener("pointermove", move);
      for (const end of ["pointerup", "pointercancel"])
        svg.addEventListener(end, () => svg.removeEventListener("pointermove", move), { once: true });
    });
  return { svg, tall, dragged };
}

function draw(rect, { x, y, width, height }) {
  for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, Math.round(value));
}

// A portrait's frame: its shape is fixed, three sliders say where it is and how large.
function card(part) {
  const { svg, tall, dragged } = drawingOf(part);
  const { across, down, size } = part.elements;
  const [frame, outside] = [svg.querySelector(".frame"), svg.querySelector(".outside")];
  const widest = Math.min(WHOLE, (tall * 4) / 5);
  const now = () => {
    const width = (widest * size.value) / 100;
    const height = (width * 5) / 4;
    return { x: ((WHOLE - width) * across.value) / 100, y: ((tall - height) * down.value) / 100, width, height };
  };
  const show = () => {
    const { x, y, width, height } = now();
    draw(frame, { x, y, width, height });
    outside.setAttribute("d", `M0 0H${WHOLE}V${tall}H0Z M${x} ${y}h${width}v${height}h${-width}Z`);
  };
  part.addEventListener("input", show);
  part.addEventListener("keydown", (event) => {
    const step = { "+": 5, "=": 5, "-": -5 }[event.key];
    if (!step || event.target.type !== "range") return;
    event.preventDefault();
    size.value = Number(size.value) + step;
    show();
  });
  dragged((from) => {
    const began = now();
    return ({ x, y }) => {
      const [wide, high] = [WHOLE - began.width, tall - began.height];
      if (wide > 0) across.value = ((began.x + x - from.x) / wide) * 100;
      if (high > 0) down.value = ((began.y + y - from.y) / high) * 100;
      show();
    };
  });
}

// Any frame: four numbers in percent of the picture.
function area(part) {
  const { svg, tall, dragged } = drawingOf(part);
  const sides = ["left", "top", "width", "height"].map((name) => part.querySelector(`.numbers [name=${name}]`));
  const units = [WHOLE, tall, WHOLE, tall];
  const rect = svg.querySelector(".new");
  const now = () => {
    const [x, y, width, height] = sides.map((side, at) => (Number(side.value) / 100) * units[at]);
    return { x, y, width, height };
  };
  const show = () => draw(rect, sides.every((side) => side.value) ? now() : { x: 0, y: 0, width: 0, height: 0 });
  const set = ({ x, y, width, height }) => {
    const percent = [x, y, width, height].map((value, at) => Math.round((value / units[at]) * 1000) / 10);
    // Rounding must not push the frame out of the picture.
    for (const at of [2, 3]) percent[at] = Math.min(percent[at], 100 - percent[at - 2]);
    percent.forEach((value, at) => {
      sides[at].value = value.toFixed(1);
    });
    show();
  };
  part.addEventListener("input", show);
  part.querySelector("[data-middle]").addEventListener("click", () => {
    set({ x: 0.4 * WHOLE, y: 0.4 * tall, width: 0.2 * WHOLE, height: 0.2 * tall });
    sides[0].focus();
  });
  dragged((from) => {
    const began = now();
    const { x: left, y: top, width, height } = began;
    const inside = from.x > left && from.x < left + width && from.y > top && from.y < top + height;
    return inside
      ? ({ x, y }) =>
          set({
            ...began,
            x: within(left + x - from.x, 0, WHOLE - width),
            y: within(top + y - from.y, 0, tall - height),
          })
      : ({ x, y }) =>
          set({
            x: Math.min(x, from.x, WHOLE - LEAST),
            y: Math.min(y, from.y, tall - LEAST),
            width: Math.max(LEAST, Math.abs(x - from.x)),
            height: Math.max(LEAST, Math.abs(y - from.y)),
          });
  });
  show();
}

for (const part of document.querySelectorAll("[data-frame]")) (part.dataset.frame === "card" ? card : area)(part);
