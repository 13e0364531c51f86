/* What pages gain where scripts run; every page works without this file. */
"use strict";

// After a form was refused, the list of what to mend is read first.
const errors = document.getElementById("errors");
if (errors) errors.focus();

// Two presses of one button are one press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// Where a page has <div id="offline" hidden>, nothing is sent without a line, so that nothing typed is lost on the way.
const offline = document.getElementById("offline");
if (offline) {
  const say = () => offline.toggleAttribute("hidden", navigator.onLine);
  addEventListener("online", say);
  addEventListener("offline", say);
  document.addEventListener("submit", (event) => {
    if (navigator.onLine || event.target.method !== "post") return;
    event.preventDefault();
    delete event.target.dataset.sent;
    say();
    offline.scrollIntoView({ block: "center" });
  });
}

// <div id="…" data-poll="2000"> asks its page again until the answer no longer polls, then loads it whole.
const polling = document.querySelector("[data-poll]");
if (polling) {
  const ask = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
      wait();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(polling.id);
    if (!next || !next.dataset.poll) {
      location.reload();
      return;
    }
    if (next.innerHTML !== polling.innerHTML) polling.replaceChildren(...next.childNodes);
    wait();
  };
  const wait = () => setTimeout(() => ask().catch(wait), Number(polling.dataset.poll) || 2000);
  wait();
}
