// Pictures open large on the same page. Without this script the links lead to the pictures themselves.

const LINKS = "#main a[data-viewer]";

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.(LINKS);
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  try {
    const { open } = await import("./zoom.js");
    open([...document.querySelectorAll(LINKS)], link);
  } catch {
    location.assign(link.href);
  }
});
