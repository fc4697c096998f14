// Pictures in a viewer: keys, zoom, touch. Without this script the links lead to the pictures themselves.
import PhotoSwipeLightbox from "./photoswipe/photoswipe-lightbox.esm.min.js";

const lightbox = new PhotoSwipeLightbox({
  gallery: "main",
  children: "a[data-viewer]",
  pswpModule: () => import("./photoswipe/photoswipe.esm.min.js"),
  bgOpacity: 0.96,
  wheelToZoom: true,
});
lightbox.on("uiRegister", () => {
  lightbox.pswp.ui.registerElement({
    name: "caption",
    order: 9,
    isButton: false,
    appendTo: "root",
    onInit: (element, viewer) => {
      viewer.on("change", () => {
        const caption = viewer.currSlide.data.element?.closest("figure")?.querySelector("figcaption");
        element.textContent = caption ? caption.textContent.trim() : "";
      });
    },
  });
});
lightbox.init();
