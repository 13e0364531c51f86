// What the pages of a round gain where scripts run: progress, rows that open in place, keys, what comes late.
"use strict";

const WIDE = matchMedia("(min-width: 64rem)");
const parse = (text) => new DOMParser().parseFromString(text, "text/html");

// While the round is being solved: quick looks at first, then slower; at the end on to what came of it.
const box = document.querySelector("[data-progress]");

async function followProgress(wait) {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    const round = answer.ok && !answer.redirected ? await answer.json() : { solving: false };
    if (!round.solving) {
      location.replace(box.dataset.outcome);
      return;
    }
    showProgress(round);
  } catch {
    // No line just now: the next look may have one.
  }
  setTimeout(followProgress, wait, Math.min(wait * 1.2, 2000));
}

function showProgress(round) {
  const bar = box.querySelector("progress");
  bar.max = Math.max(round.total, 1);
  bar.value = round.done;
  const step = box.querySelector("[data-progress-step]");
  if (step.textContent !== round.step) step.textContent = round.step;
  box.querySelectorAll(".t-way > li").forEach((item, index) => {
    item.classList.toggle("is-done", index < round.number);
    if (index === round.number) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

if (box) setTimeout(followProgress, 150, 250);

// A row of the table opens in place where there is room; on a phone its link leads to the pair's own page.
const table = document.querySelector("table[data-rows]");

const links = () => [...table.querySelectorAll("th > a[data-key]")];

function boxOf(link) {
  const next = link.closest("tr").nextElementSibling;
  return next?.classList.contains("t-openrow") ? next : null;
}

async function openRow(link) {
  if (boxOf(link)) return;
  const answer = await fetch(table.dataset.rows.replace("/-/", `/${link.dataset.key}/`));
  if (!answer.ok || answer.redirected) {
    location.assign(link.href);
    return;
  }
  const text = await answer.text();
  if (boxOf(link)) return;
  const row = document.createElement("tr");
  row.className = "t-openrow";
  const cell = row.insertCell();
  cell.colSpan = table.tHead.rows[0].cells.length;
  cell.replaceChildren(...parse(text).body.childNodes);
  link.closest("tr").after(row);
  link.setAttribute("aria-expanded", "true");
  if (row.getBoundingClientRect().top > innerHeight / 2) link.closest("tr").scrollIntoView();
}

function closeRow(link) {
  boxOf(link)?.remove();
  link.setAttribute("aria-expanded", "false");
  link.focus();
}

const toggleRow = (link) => (boxOf(link) ? closeRow(link) : openRow(link));

// Keys count only while the focus is in the table, and never while somebody types.
const ACTIONS = {
  j: (link) => moveBy(link, 1),
  k: (link) => moveBy(link, -1),
  o: toggleRow,
  p: async (link) => {
    await openRow(link);
    boxOf(link)?.querySelector("button[value=pin]")?.click();
  },
  d: (link) => location.assign(`${link.href}#decision`),
  Escape: closeRow,
};

function moveBy(link, step) {
  const all = links();
  const beyond = document.querySelector(`.t-pages a[rel=${step > 0 ? "next" : "prev"}]`);
  (all[all.indexOf(link) + step] ?? beyond)?.focus();
}

function linkAt(element) {
  const row = element.closest("tr[id^=row-]") ?? element.closest(".t-openrow")?.previousElementSibling;
  return row?.querySelector("th > a[data-key]");
}

function onKey(event) {
  const typing = event.target.matches("textarea, select, input:not([type=hidden])");
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing && event.key !== "Escape") return;
  const link = linkAt(event.target);
  if (!link) return;
  event.preventDefault();
  action(link);
}

if (table) {
  if (WIDE.matches) for (const link of links()) link.setAttribute("aria-expanded", "false");
  table.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggleRow(link);
  });
  table.addEventListener("keydown", onKey);
  const help = document.getElementById("keys");
  if (help) help.hidden = !WIDE.matches;
  const wanted = table.querySelector("tr[data-open] th > a[data-key]");
  // Whoever is somewhere else by then is not called back.
  const toWanted = () => document.activeElement === document.body && wanted.focus();
  if (wanted && WIDE.matches) openRow(wanted).then(toWanted);
}

// What is worked out after the proposals are there takes its place without a reload.
const waiting = document.querySelector("[data-insights]");

async function lookForInsights(wait) {
  const answer = await fetch(waiting.dataset.insights, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const round = await answer.json();
  if (round.solving) return;
  if (!round.insights) {
    setTimeout(lookForInsights, wait, Math.min(wait * 1.5, 10000));
    return;
  }
  const page = parse(await (await fetch(location.href)).text());
  for (const late of document.querySelectorAll("[data-late]")) {
    const now = page.getElementById(late.id);
    if (now) late.replaceChildren(...now.childNodes);
  }
}

if (waiting) setTimeout(lookForInsights, 500, 1000);

// Colleagues work on the same round: the page says when it is no longer what it shows, and touches nothing.
const standing = document.querySelector("[data-standing]");
const LOOK_EVERY = 5000;
const ALONE_AFTER = 20 * 60 * 1000;
let touchedAt = Date.now();

async function lookForChanges(seen) {
  // Nobody is looking: nothing is asked, so that a forgotten page does not keep a session alive.
  let mark = seen;
  if (!document.hidden && Date.now() - touchedAt < ALONE_AFTER) {
    try {
      const headers = seen ? { "If-None-Match": seen } : {};
      const answer = await fetch(standing.dataset.standing, { headers, cache: "no-store" });
      if (answer.redirected || !(answer.ok || answer.status === 304)) return;
      if (seen && answer.ok) {
        standing.firstElementChild.hidden = false;
        return;
      }
      mark = answer.headers.get("ETag");
    } catch {
      // No line just now: the next look may have one.
    }
  }
  setTimeout(lookForChanges, LOOK_EVERY, mark);
}

if (standing) {
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => (touchedAt = Date.now()), { passive: true });
  lookForChanges(null);
}
