// An empty form was sent by one of its buttons and this page is the answer: what the device had noted of it
// (contribute/device.js) is kept now, and is forgotten here. A page that says that it could not be kept leaves the note.
try {
  const key = sessionStorage.getItem("memory-road:left");
  sessionStorage.removeItem("memory-road:left");
  const fresh = document.getElementById("contribution")?.dataset.fresh === "yes";
  if (key !== null && !fresh && !document.querySelector("[data-not-kept]")) localStorage.removeItem(key);
} catch {
  /* the device notes nothing */
}
