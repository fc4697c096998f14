// What the page shows of a picture while it is on its way. The numbers beside the bar are for everybody's eyes; only what
// matters is read aloud.

export const list = document.getElementById("uploads");
export const words = list.dataset;
const told = document.getElementById("told");

export function tell(text) {
  told.textContent = text;
}

export class Row {
  #bar = document.createElement("progress");
  #said = document.createElement("span");
  #sight = document.createElement("img");
  #goOn;
  #cancel;

  constructor(file, onGoOn, onCancel) {
    this.name = file.name;
    this.element = document.createElement("li");
    this.#bar.max = 100;
    this.#bar.value = 0;
    this.#bar.setAttribute("aria-label", file.name);
    this.#sight.alt = "";
    // What the browser cannot show (HEIC, TIFF) appears once the server has made its preview.
    this.#sight.addEventListener("error", () => this.#sight.remove());
    this.#sight.src = URL.createObjectURL(file);
    this.#goOn = this.#button(words.goOn, onGoOn);
    this.#cancel = this.#button(words.cancel, onCancel);
    this.element.append(this.#sight, this.#said, this.#goOn, this.#cancel, this.#bar);
    list.append(this.element);
    this.wait();
  }

  #button(label, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link small";
    button.textContent = label;
    const whose = document.createElement("span");
    whose.className = "unseen";
    whose.textContent = ` ${this.name}`;
    button.append(whose);
    button.addEventListener("click", action);
    return button;
  }

  #say(text) {
    this.#said.textContent = `${this.name}: ${text}`;
  }

  #look(stopped) {
    this.element.classList.toggle("wrong", stopped);
    this.#goOn.hidden = !stopped;
    this.#bar.hidden = stopped;
    this.#cancel.hidden = false;
  }

  wait() {
    this.#look(false);
    this.#bar.hidden = true;
    this.#say(words.waiting);
  }

  progress(sent, total) {
    this.#look(false);
    const percent = Math.floor((sent * 100) / total);
    if (percent < 100) {
      this.#bar.value = percent;
      this.#say(`${percent} %`);
      return;
    }
    this.#bar.removeAttribute("value");
    this.#cancel.hidden = true;
    this.#say(words.checking);
  }

  stop(text) {
    this.#look(true);
    this.#say(text);
    tell(`${this.name}: ${text}`);
  }

  // Sending the same file again would not help: what can be done instead is said, and the line can be taken away.
  refuse(sentence) {
    this.#look(true);
    this.#goOn.remove();
    this.#bar.remove();
    this.#cancel.firstChild.textContent = words.understood;
    this.#said.textContent = sentence.includes(this.name) ? sentence : `${this.name}: ${sentence}`;
    tell(this.#said.textContent);
  }

  remove(text) {
    if (this.element.contains(document.activeElement)) document.getElementById("photos").focus();
    URL.revokeObjectURL(this.#sight.src);
    this.element.remove();
    tell(`${this.name}: ${text}`);
  }
}
