// Fields that search while somebody types: the combobox of the WAI-ARIA practices over a form that works without it.
"use strict";

const PAUSE = 150;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function note(result, also) {
  if (!result.also.length) return result.above ? make("span", { class: "t-muted t-small" }, result.above) : "";
  const line = make("span", { class: "t-muted t-small" }, `${also} `);
  result.also.forEach((name, index) => {
    const words = make("span", { lang: name.lang });
    for (const [text, marked] of name.parts) words.append(marked ? make("mark", {}, text) : text);
    line.append(index ? ", " : "", words);
  });
  return line;
}

function search(box) {
  const { name, most, chosen: chosenText, none, also, search: address } = box.dataset;
  const input = box.querySelector("input[type=search]");
  const seen = box.querySelector(`input[name="${name}-seen"]`);
  const choices = box.querySelector("fieldset");
  const options = choices.querySelector(".t-options");
  const list = make("ul", { class: "t-list-box", id: `${input.id}-box`, role: "listbox", "aria-label": box.querySelector("label").textContent, hidden: "" });
  const said = make("p", { class: "t-vh", role: "status" });
  let found = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  for (const [attribute, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(attribute, value);
  }
  box.querySelector(`button[value="${name}"]`).hidden = true;
  // The list lies over what follows: were it to push it down, a click below would miss when the list closes.
  box.querySelector(".t-find").after(make("div", { class: "t-list-anchor" }, list), said);

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(answer) {
    found = answer.found;
    list.replaceChildren(...found.map((result, index) => {
      const option = make("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": "false", "data-code": result.code, class: "t-list-box__option" }, make("strong", {}, result.name), note(result, also));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(index));
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? answer.said : none;
    said.classList.toggle("t-vh", found.length > 0);
  }

  async function ask() {
    const mine = ++asked;
    const words = input.value.trim();
    if (!words) {
      close();
      said.textContent = "";
      return;
    }
    const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected || mine !== asked) return;
    const results = await answer.json();
    if (mine === asked && document.activeElement === input) show(results);
  }

  function choose(index) {
    const result = found[index];
    const many = Number(most) > 1;
    const id = `${input.id}-${result.code}`;
    if (!many) options.replaceChildren();
    else options.querySelectorAll("input:not(:checked)").forEach((each) => each.closest("label").remove());
    if (!document.getElementById(id)) {
      const kind = many ? "checkbox" : "radio";
      options.append(make("label", { class: "t-option", for: id },
        make("input", { class: `kern-form-check__${kind}`, type: kind, name, id, value: result.code, checked: "" }),
        make("span", {}, make("strong", {}, result.name), note({ ...result, also: [] }, also))));
    }
    choices.hidden = false;
    choices.querySelector("legend").textContent = chosenText;
    if (many) input.value = "";
    seen.value = input.value.trim().replace(/\s+/g, " ");
    said.classList.add("t-vh");
    said.textContent = `${chosenText}: ${result.name}`;
    close();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(close), PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Enter" && !list.hidden && active >= 0) choose(active);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && list.hidden) ask().catch(close);
    else if (event.key === "ArrowDown") mark(active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp" && !list.hidden) mark(active <= 0 ? last : active - 1);
    else return;
    event.preventDefault();
  });
}

for (const box of document.querySelectorAll("[data-search]")) if (box.querySelector("fieldset .t-options")) search(box);
