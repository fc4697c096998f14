// Published entries that may be about the same person, as the server finds them while one goes on typing.
const place = document.getElementById("same-person");
let shown = place?.innerHTML.trim();

// Nothing changes under the hands of somebody who is about to follow one of its links.
export function showAlike(found) {
  if (!place || found.trim() === shown || place.contains(document.activeElement)) return;
  shown = found.trim();
  place.innerHTML = found;
}
