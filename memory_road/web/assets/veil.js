// A veiled picture appears in its place, and from then on in the viewer too. Without this script the link leads to it.

for (const veil of document.querySelectorAll("a[data-veil]")) {
  veil.addEventListener(
    "click",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      const { srcset, sizes, width, height, alt } = veil.dataset;
      const image = Object.assign(document.createElement("img"), { sizes, alt, width, height });
      image.srcset = srcset;
      image.src = veil.href;
      veil.replaceChildren(image);
      veil.classList.remove("veil");
      veil.dataset.viewer = veil.dataset.tiles;
      veil.focus();
    },
    { once: true },
  );
}
