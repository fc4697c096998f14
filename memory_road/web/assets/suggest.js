// Below the search box people are suggested whose names begin with what is being typed (a combobox with a list, as the
// WAI-ARIA practices describe it). Without this script the box is searched with as ever.

const WAIT = 200;
const FEWEST_LETTERS = 2;

function element(name, attributes, ...inside) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...inside);
  return made;
}

class Suggestions {
  constructor(box) {
    this.box = box;
    this.known = new Map();
    this.list = element("div", { id: "suggestions", role: "listbox", class: "suggestions", hidden: "", "aria-label": box.dataset.label });
    this.said = element("p", { role: "status", class: "unseen" });
    // A text field: the ARIA role of a search field is not to be changed.
    box.type = "text";
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" };
    for (const [name, value] of Object.entries({ ...roles, autocomplete: "off", enterkeyhint: "search" })) box.setAttribute(name, value);
    box.after(this.list, this.said);
    box.addEventListener("input", () => this.later());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    // The box keeps the focus while somebody is chosen by mouse or finger.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    addEventListener("pageshow", () => this.close());
  }

  get options() {
    return [...this.list.children];
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(null);
    const typed = this.box.value.replace(/\s+/g, " ").trimStart();
    if (typed.trim().length < FEWEST_LETTERS) this.close();
    else this.timer = setTimeout(() => this.ask(typed), WAIT);
  }

  async ask(typed) {
    try {
      if (!this.known.has(typed)) {
        this.asking = new AbortController();
        const question = new URLSearchParams({ q: typed.toLowerCase() });
        const answer = await fetch(`${this.box.dataset.suggest}?${question}`, { signal: this.asking.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        this.known.set(typed, await answer.json());
      }
      if (document.activeElement === this.box) this.show(this.known.get(typed), typed.trim());
    } catch {
      // Somebody types on, the line is lost, or too much was asked: the search itself goes on as ever.
      if (!this.asking?.signal.aborted) this.close();
    }
  }

  show(people, typed) {
    if (!people.length) {
      this.close();
      return;
    }
    const all = new URL(this.box.form.action);
    all.search = new URLSearchParams([...new FormData(this.box.form)].filter(([, value]) => value));
    this.list.replaceChildren(
      ...people.map((one, place) => {
        const option = this.option(place, one.page, element("span", { class: "name" }, one.name));
        if (one.also) option.append(element("span", { class: "also" }, one.also));
        if (one.years) option.append(element("span", { class: "years" }, one.years));
        return option;
      }),
      this.option(people.length, all, this.box.dataset.all.replace("{typed}", () => typed)),
    );
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    this.said.textContent = this.box.dataset.found.replace("{number}", people.length);
  }

  option(place, page, ...inside) {
    return element("a", { id: `suggestion-${place}`, role: "option", "aria-selected": "false", tabindex: "-1", href: page }, ...inside);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(null);
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.said.textContent = "";
  }

  choose(option) {
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    this.chosen = option;
    if (!option) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  // One more place than there are options: between the last and the first nobody is chosen, and what was typed stands.
  step(by) {
    const places = [null, ...this.options];
    const place = places.indexOf(this.chosen ?? null);
    this.choose(places[(place + by + places.length) % places.length]);
  }

  key(event) {
    if (event.isComposing) return;
    const down = event.key === "ArrowDown";
    if (this.list.hidden) {
      if (down && this.box.value) {
        event.preventDefault();
        this.later();
      }
      return;
    }
    if (down || event.key === "ArrowUp") this.step(down ? 1 : -1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen) this.chosen.click();
    else return;
    event.preventDefault();
  }
}

const box = document.querySelector("input[data-suggest]");
if (box) new Suggestions(box);
