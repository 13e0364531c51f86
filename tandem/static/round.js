// Moves the bar of a round that is being solved, and shows the proposals once they are there.
"use strict";

const EVERY_MS = 1000;
const box = document.querySelector("[data-progress]");

async function look() {
  try {
    const response = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    const round = response.ok && !response.redirected ? await response.json() : { solving: false };
    if (!round.solving) {
      location.reload();
      return;
    }
    const bar = box.querySelector("progress");
    bar.max = Math.max(round.total, 1);
    bar.value = round.done;
    const step = box.querySelector("[data-progress-step]");
    if (step.textContent !== round.step) step.textContent = round.step;
  } catch {
    // No line just now: the next look may have one.
  }
  setTimeout(look, EVERY_MS);
}

if (box) setTimeout(look, EVERY_MS);
