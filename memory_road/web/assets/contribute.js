// The form with a script: each picture is sent by itself as soon as it is chosen, with its progress. Without this script
// the pictures travel with the form. Nothing is sent but to the form's own address.

const form = document.getElementById("contribution");
const chooser = document.getElementById("photos");
const uploads = document.getElementById("uploads");
const pictures = document.getElementById("pictures");
const words = uploads.dataset;
let underWay = 0;

document.getElementById("summary")?.focus();

// A picture needs a draft to belong to: the form, without files, is sent as its own "save" button would send it.
let draft = form.dataset.fresh === "no" ? Promise.resolve(form.getAttribute("action")) : null;

async function begin() {
  const data = new FormData(form);
  data.delete("photos");
  data.set("action", "save");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data });
  if (!answer.ok || !answer.redirected) throw new Error(String(answer.status));
  const address = new URL(answer.url).pathname;
  // Anything else, a sign-in page among it, is not the form's address.
  if (!/\/contribute\/[0-9a-z]{9}$/.test(address)) throw new Error(address);
  form.setAttribute("action", address);
  history.replaceState(null, "", address);
  return address;
}

function draftAddress() {
  draft ??= begin().catch((error) => {
    draft = null;
    throw error;
  });
  return draft;
}

function line(file) {
  const row = document.createElement("p");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const said = document.createElement("span");
  said.textContent = `${file.name}: ${words.sending}`;
  const sight = document.createElement("img");
  sight.alt = "";
  // What the browser cannot show (HEIC, TIFF) appears once the server has made its preview.
  sight.addEventListener("error", () => sight.remove());
  sight.src = URL.createObjectURL(file);
  row.append(sight, said, bar);
  uploads.append(row);
  return { row, bar, say: (text) => (said.textContent = `${file.name}: ${text}`) };
}

function send(address, file, shown) {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.set("csrf_token", form.elements.csrf_token.value);
    data.set("photos", file);
    const request = new XMLHttpRequest();
    request.open("POST", `${address}/photographs`);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      shown.bar.removeAttribute("value");
      shown.say(words.checking);
    });
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
    request.addEventListener("abort", reject);
    request.send(data);
  });
}

async function upload(file) {
  const shown = line(file);
  underWay += 1;
  try {
    const request = await send(await draftAddress(), file, shown);
    shown.bar.remove();
    if (request.status === 200) {
      const card = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("li.picture");
      if (document.getElementById(card.id)) shown.row.remove();
      else {
        pictures.append(document.adoptNode(card));
        shown.say(words.done);
      }
    } else {
      shown.row.classList.add("wrong");
      if (request.status === 422) shown.row.querySelector("span").textContent = request.responseText;
      else shown.say(request.status === 413 ? words.large : request.status === 401 ? words.signedOut : words.fault);
    }
  } catch {
    shown.bar.remove();
    shown.row.classList.add("wrong");
    shown.say(words.failed);
  } finally {
    underWay -= 1;
  }
}

chooser.addEventListener("change", async () => {
  const files = [...chooser.files];
  chooser.value = "";
  for (const file of files) await upload(file);
});

form.addEventListener("submit", (event) => {
  if (underWay === 0) return;
  event.preventDefault();
  let wait = document.getElementById("wait");
  if (!wait) {
    wait = document.createElement("p");
    wait.id = "wait";
    uploads.append(wait);
  }
  wait.textContent = words.wait;
  uploads.scrollIntoView({ block: "center" });
});
