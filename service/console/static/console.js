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
      document.querySelector("main").focus();
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
