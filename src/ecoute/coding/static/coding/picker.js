// Choosing themes by keyboard: type to find, arrows to move, Enter to tick, Ctrl + Enter to save and go on.
// And a draft kept in this browser until it is saved, so that nothing is lost when it closes. Works without: checkboxes.

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'");

const picker = document.querySelector("[data-picker]");
const form = picker?.closest("form");
const box = picker?.querySelector("[data-picker-search]");
const search = box?.querySelector("input");
const status = box?.querySelector("[data-picker-status]");
const nothing = picker?.querySelector("[data-picker-nothing]");
const chosen = form?.querySelector("[data-picker-chosen]");
const none = form?.querySelector("input[name=none]");
const choices = [...(picker?.querySelectorAll("[data-choice]") ?? [])];
const tick = (choice) => choice.querySelector("input");
const shown = () => choices.filter((choice) => !choice.hidden);
let at = null;

function point(choice) {
  at?.classList.remove("is-here");
  at = choice ?? null;
  at?.classList.add("is-here");
  at?.scrollIntoView({ block: "nearest" });
  if (at) status.textContent = `${at.querySelector("label").textContent.trim()}${tick(at).checked ? " ✓" : ""}`;
}

function filter() {
  const wanted = fold(search.value).split(/\s+/).filter(Boolean);
  for (const choice of choices) choice.hidden = !wanted.every((word) => choice.dataset.words.includes(word));
  for (const group of picker.querySelectorAll(".picker-group")) {
    group.hidden = group.querySelector("[data-choice]:not([hidden])") === null;
  }
  const found = shown();
  nothing.hidden = found.length > 0;
  // A theme whose own name begins like what is typed comes before those that only speak of it.
  const named = found.find((choice) => fold(choice.querySelector("label").textContent.trim()).includes(wanted.join(" ")));
  point(wanted.length ? (named ?? found[0]) : null);
  if (!found.length) status.textContent = picker.dataset.none;
}

function tell() {
  const names = choices.filter((choice) => tick(choice).checked).map((choice) => choice.querySelector("label").textContent.trim());
  if (names.length && none) none.checked = false;
  if (chosen) {
    chosen.hidden = names.length === 0;
    chosen.textContent = `${chosen.dataset.label} ${names.join(", ")}`;
  }
}

function toggle(choice) {
  tick(choice).checked = !tick(choice).checked;
  search.value = "";
  filter();
  point(choice);
  changed();
}

function move(by) {
  const all = shown();
  if (!all.length) return;
  const here = all.indexOf(at);
  point(all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)]);
}

// The draft: what this person ticked and wrote for this verbatim, until the server has it.
const key = form?.dataset.desk ? `coding-${form.dataset.desk}` : "";
const state = () => ({
  themes: choices.map(tick).filter((one) => one.checked).map((one) => one.value),
  none: none?.checked ?? false,
  unsure: form.elements.unsure?.checked ?? false,
  note: form.elements.note?.value ?? "",
});

function changed() {
  tell();
  if (key) localStorage.setItem(key, JSON.stringify(state()));
}

function restore() {
  const kept = key && form.dataset.saved === "yes" ? localStorage.getItem(key) : null;
  if (!kept) return;
  const draft = JSON.parse(kept);
  for (const choice of choices) tick(choice).checked = draft.themes.includes(tick(choice).value);
  none.checked = draft.none;
  form.elements.unsure.checked = draft.unsure;
  form.elements.note.value = draft.note;
  if (draft.note) form.elements.note.closest("details").open = true;
}

if (picker) {
  box.hidden = false;
  restore();
  tell();
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (at) toggle(at);
    } else if (event.key === "Escape" && search.value) {
      event.preventDefault();
      search.value = "";
      filter();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    if (event.target === search) return;
    if (event.target === none && none.checked) for (const choice of choices) tick(choice).checked = false;
    changed();
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // a double click sends once
    sent = true;
    if (key) localStorage.removeItem(key);
  });
  addEventListener("pageshow", () => (sent = false));
  if (matchMedia("(hover: hover)").matches) search.focus({ preventScroll: true });
}
