// Gives weights a slider, and shows at once what a policy, or two of them, would lead to.
"use strict";

const PAUSE_MS = 350;

async function ask(form, signal) {
  const options = { method: "POST", body: new FormData(form), signal };
  const answer = await fetch(form.action, options);
  if (answer.redirected || answer.status >= 500) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function addSlider(input) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "t-slider";
  slider.step = 100;
  slider.max = Math.max(Number(input.dataset.slider), Number(input.value));
  slider.value = input.value;
  slider.tabIndex = -1; // the number beside it does the same by keyboard and is read out
  slider.setAttribute("aria-hidden", "true");
  const row = document.createElement("div");
  row.className = "t-slide";
  input.replaceWith(row);
  row.append(input, slider);
  slider.addEventListener("input", () => {
    input.value = slider.value;
  });
  input.addEventListener("input", () => {
    slider.max = Math.max(slider.max, Number(input.value));
    slider.value = input.value;
  });
}

function followChanges(form) {
  let timer = 0;
  let asking = null;
  async function show() {
    asking?.abort();
    asking = new AbortController();
    try {
      const page = await ask(form, asking.signal);
      const said = page?.getElementById("preview-said");
      if (!said) return;
      document.getElementById("preview-said").textContent = said.textContent;
      document.getElementById("preview-rest").replaceWith(page.getElementById("preview-rest"));
    } catch {
      // Overtaken by a later change, or no line just now: the button still works.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE_MS);
  });
}

async function workOut(outcome) {
  try {
    const page = await ask(document.querySelector("main form"));
    const found = page?.getElementById("outcome");
    if (found) outcome.replaceChildren(...found.childNodes);
  } catch {
    // No line just now: the button still works.
  }
}

document.querySelectorAll("[data-slider]").forEach(addSlider);
document.querySelectorAll("form[data-preview]").forEach(followChanges);
document.querySelectorAll("[data-work-out]").forEach(workOut);
