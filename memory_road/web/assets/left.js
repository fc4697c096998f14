// A form was sent by one of its buttons and this page is the answer: what the device had noted of it (contribute/device.js)
// is kept now, and is forgotten here.
try {
  const key = sessionStorage.getItem("memory-road:left");
  if (key !== null) {
    localStorage.removeItem(key);
    sessionStorage.removeItem("memory-road:left");
  }
} catch {
  /* the device notes nothing */
}
