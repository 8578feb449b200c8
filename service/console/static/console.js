// What the pages gain from scripts; each works without.
"use strict";

// A file may be dropped on its form.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const mark = (over) => zone.classList.toggle("over", over);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (!event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
  });
}

// How far a long import is: the part of the file that has arrived, then that its rows are being read.
for (const form of document.querySelectorAll("form[data-sending]")) {
  const told = form.querySelector("[role=status]");
  const bar = form.querySelector("progress");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new XMLHttpRequest();
    const data = new FormData(form);
    const stage = (text) => { bar.removeAttribute("value"); told.textContent = text; };
    stage(form.dataset.sending);
    bar.hidden = false;
    asked.upload.addEventListener("progress", (now) => { if (now.loaded < now.total) bar.value = now.loaded / now.total; });
    asked.upload.addEventListener("load", () => stage(form.dataset.reading));
    asked.addEventListener("error", () => { stage(form.dataset.failed); bar.hidden = true; button.disabled = false; });
    asked.addEventListener("load", () => {
      if (asked.status < 400) return location.assign(asked.responseURL);
      document.title = asked.response.title;
      document.querySelector("main").replaceWith(asked.response.querySelector("main"));
      (document.querySelector("#mistakes") || document.querySelector("main")).focus();
    });
    asked.responseType = "document";
    asked.open("POST", form.action);
    asked.send(data);
  });
}

// A form that was sent is not sent again by a second press; one that answers with a file leaves its page as it is.
for (const form of document.querySelectorAll("form[method=post]:not([data-download])")) {
  form.addEventListener("submit", () => { form.querySelector("button[type=submit]").disabled = true; });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[method=post] button[disabled]")) button.disabled = false;
});

// A refused form is read first; a browser that knows autofocus has done so already.
document.querySelector("#mistakes")?.focus();

// What is typed into a form stays in this tab until it is saved, so that a session that ends takes nothing along.
const drafts = {
  name: (form) => `draft ${document.body.dataset.user} ${form.getAttribute("action").split("#")[0]}`,
  all: () => Object.keys(sessionStorage).filter((key) => key.startsWith("draft ")),
  read: (key) => JSON.parse(sessionStorage.getItem(key)),
  write: (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft)),
};
const isRefused = "refused" in document.body.dataset;
for (const key of drafts.all()) {
  const draft = drafts.read(key);
  if (draft.sent && isRefused) drafts.write(key, { ...draft, sent: false });
  else if (draft.sent || ("user" in document.body.dataset && !key.startsWith(`draft ${document.body.dataset.user} `))) sessionStorage.removeItem(key);
}
for (const form of document.querySelectorAll("main form[method=post]:not([data-download])")) {
  const typed = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type));
  const key = drafts.name(form);
  form.addEventListener("input", () => drafts.write(key, {
    sent: false, fields: typed().map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value, field.id]),
  }));
  form.addEventListener("submit", () => { if (sessionStorage.getItem(key)) drafts.write(key, { ...drafts.read(key), sent: true }); });
  if (isRefused || !sessionStorage.getItem(key)) continue;
  for (const [name, value, id] of drafts.read(key).fields) {
    const field = id ? document.getElementById(id) : form.elements[name];
    if (!field || field.form !== form) continue;
    if (field.type === "checkbox") field.checked = value; else field.value = value;
  }
  const words = document.querySelector("#draft");
  words.textContent = words.dataset.words;
  words.hidden = false;
}
document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => drafts.all().forEach((key) => sessionStorage.removeItem(key)));

// Two minutes before a session ends it says so; any page that is asked for in another tab lets it go on.
const dialog = document.querySelector("#session");
if (dialog) {
  const WARNING = 120_000, LOOK = 5_000;
  let { idle, most } = document.body.dataset, loaded = Date.now();
  const asked = () => localStorage.setItem("asked", Date.now());
  const left = () => Math.min(Number(localStorage.getItem("asked")) + idle * 1000, loaded + most * 1000) - Date.now();
  const isLast = () => loaded + most * 1000 - Date.now() <= WARNING;
  asked();
  setInterval(() => {
    if (left() > WARNING) return dialog.open && dialog.close();
    if (dialog.open || (isLast() && dialog.dataset.told)) return;
    dialog.querySelector(".final").hidden = !isLast();
    dialog.querySelector("#session-words").hidden = isLast();
    if (isLast()) dialog.dataset.told = "";
    dialog.showModal();
  }, LOOK);
  dialog.querySelector("[data-stay]").addEventListener("click", async () => {
    const answer = await fetch(document.body.dataset.alive);
    if (answer.redirected) return location.assign(document.querySelector("[data-sign-in]").href);
    ({ idle, most } = await answer.json());
    loaded = Date.now();
    asked();
    dialog.close();
  });
}

// What was just done may be undone for some seconds.
for (const toast of document.querySelectorAll(".toast[data-seconds]")) setTimeout(() => toast.remove(), toast.dataset.seconds * 1000);

// On a phone the menu is one button.
const button = document.querySelector("button.menu");
const phone = matchMedia("(max-width: 767px)");
const fit = () => { button.hidden = !phone.matches; button.setAttribute("aria-expanded", String(!phone.matches)); };
button.addEventListener("click", () => button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true")));
phone.addEventListener("change", fit);
fit();

// On a phone a table is read as cards, each cell with its heading; its roles are stated, since CSS takes them away.
const label = (within) => {
  for (const table of within.querySelectorAll("table.data:not(.compare, .labelled)")) {
    const head = table.tHead?.rows[0];
    if (!head || table.tHead.rows.length > 1 || [...head.cells].some((cell) => cell.colSpan > 1)) continue;
    table.classList.add("labelled");
    const roles = [["table", [table]], ["rowgroup", [table.tHead, ...table.tBodies]], ["row", table.rows], ["columnheader", head.cells]];
    for (const [role, parts] of roles) for (const part of parts) part.setAttribute("role", role);
    for (const body of table.tBodies) for (const row of body.rows) [...row.cells].forEach((cell, place) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      const words = head.cells[place]?.textContent.trim();
      if (place && words) cell.dataset.label = words;
    });
  }
};
label(document);
document.addEventListener("htmx:afterSwap", (event) => label(event.detail.elt.parentElement ?? document));
