// Where pictures come from: the field, which is the way for everybody; dragged onto the photographs; pasted.
import { add } from "./queue.js";

const chooser = document.getElementById("photos");
const target = document.getElementById("drop");
const section = document.getElementById("photographs");
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

function takeChosen() {
  const files = [...chooser.files];
  chooser.value = "";
  add(files);
}

function dragOver(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const here = section.contains(event.target);
  event.dataTransfer.dropEffect = here ? "copy" : "none";
  target.classList.toggle("over", here);
}

// Beside the section too: the browser would leave the page, and what was typed, for the picture.
function takeDropped(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  target.classList.remove("over");
  if (section.contains(event.target)) add([...event.dataTransfer.files]);
}

function takePasted(event) {
  const files = [...event.clipboardData.files];
  // A copied piece of text can carry a picture of itself: into a field, the text is meant.
  if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  add(files);
  section.scrollIntoView({ block: "nearest" });
}

export function watchSources() {
  target.hidden = false;
  chooser.addEventListener("change", takeChosen);
  addEventListener("dragover", dragOver);
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) target.classList.remove("over");
  });
  addEventListener("drop", takeDropped);
  addEventListener("paste", takePasted);
}
