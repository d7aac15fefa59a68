// Coding by keyboard and by typing. Everything can be done without it: each key presses a button that stands there.
// Keys of one letter work only while the focus is in the list of passages, and may be switched off (WCAG 2.1.4).
import { toast } from "../ui/app.js";

const KEPT = "ecoute.coding.keys";
const keysAreOn = () => localStorage.getItem(KEPT) !== "off";
const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
const shown = (element) => element.offsetParent !== null;
const passagesOf = (list) => [...list.querySelectorAll("[data-passage]")].filter(shown);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, " ").trim();

// --- The list: one passage takes the Tab key; j and k go from one to the next.
function ready(root = document) {
  for (const list of root.querySelectorAll("[data-passages]")) {
    const all = [...list.querySelectorAll("[data-passage]")];
    if (all.length && !all.some((one) => one.tabIndex === 0)) all[0].tabIndex = 0;
    const keys = list.querySelector("[data-keys]");
    if (keys && document.getElementById("coding-keys")) keys.hidden = false;
  }
  for (const box of root.querySelectorAll("[data-keys-switch]")) box.checked = keysAreOn();
}
function goTo(passage) {
  for (const one of passage.closest("[data-passages]").querySelectorAll("[data-passage]")) one.tabIndex = -1;
  passage.tabIndex = 0;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "nearest" });
}
function step(list, passage, by) {
  const all = passagesOf(list);
  const next = all[Math.min(Math.max(all.indexOf(passage) + by, 0), all.length - 1)];
  if (next) goTo(next);
}
function codeButton(passage, kind) {
  const focused = document.activeElement.closest("[data-code]");
  const codes = focused ? [focused] : [...passage.querySelectorAll("[data-code]")];
  const buttons = codes.map((code) => code.querySelector(`[data-${kind}]`)).filter(Boolean);
  return buttons.length === 1 ? buttons[0] : null;
}
const pressed = {
  t: (passage) => openField(passage),
  a: (passage) => codeButton(passage, "accept")?.click(),
  x: (passage) => codeButton(passage, "reject")?.click(),
  u: (passage) => passage.querySelector("[data-undo]")?.click(),
  v: (passage) => passage.querySelector("[data-check]")?.click(),
  n: (passage) => {
    const menu = passage.querySelector("[data-nature]");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("[aria-current], button")?.focus();
  },
  1: (passage) => passage.querySelector('[data-polarity="1"]')?.click(),
  2: (passage) => passage.querySelector('[data-polarity="2"]')?.click(),
  3: (passage) => passage.querySelector('[data-polarity="3"]')?.click(),
};
// On the window, before any other page's own letters.
window.addEventListener(
  "keydown",
  (event) => {
    const list = event.target.closest?.("[data-passages]");
    if (!list || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !keysAreOn()) return;
    const passage = event.target.closest("[data-passage]");
    if (event.key === "?") document.getElementById("coding-keys")?.showModal();
    else if (event.key === "j" || event.key === "k") step(list, passage, event.key === "j" ? 1 : -1);
    else if (passage && Object.hasOwn(pressed, event.key)) pressed[event.key](passage);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
// In an open menu of natures, the arrows choose.
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-nature] .menu-panel");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const all = [...menu.querySelectorAll("button")];
  const at = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
  all[(at + all.length) % all.length].focus();
  event.preventDefault();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-switch]")) localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
});

// --- Adding a theme by typing: a combobox over the codebook; accents do not count.
let themes = null;
async function knownThemes(list) {
  if (!themes) {
    const answer = await fetch(list.dataset.themes, { headers: { Accept: "application/json" } });
    if (!answer.ok) return [];
    themes = (await answer.json()).themes.map((theme) => ({ ...theme, words: fold(`${theme.label} ${theme.under}`) }));
  }
  return themes;
}
function found(all, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const hits = all.filter((theme) => words.every((word) => theme.words.includes(word)));
  const starts = (theme) => (words.length && fold(theme.label).startsWith(words[0]) ? 0 : 1);
  return hits.sort((a, b) => starts(a) - starts(b)).slice(0, 8);
}
async function openField(passage) {
  const box = passage.querySelector("[data-add]");
  if (!box) return;
  box.querySelector("[data-add-open]").hidden = true;
  box.querySelector(".passage-typing").hidden = false;
  const field = box.querySelector("[data-add-field]");
  field.focus();
  await list(field);
}
function closeField(field, back = false) {
  const box = field.closest("[data-add]");
  box.querySelector(".passage-typing").hidden = true;
  const link = box.querySelector("[data-add-open]");
  link.hidden = false;
  field.value = "";
  options(field, []);
  if (back) link.focus();
}
function options(field, themes) {
  const box = field.closest("[data-add]");
  const listbox = box.querySelector("[data-add-list]");
  listbox.replaceChildren(
    ...themes.map((theme, at) => {
      const item = document.createElement("li");
      item.id = `${listbox.id}-${at}`;
      item.role = "option";
      item.dataset.slug = theme.slug;
      item.textContent = theme.label;
      if (theme.under) {
        const under = document.createElement("small");
        under.textContent = ` ${theme.under}`;
        item.append(under);
      }
      return item;
    }),
  );
  listbox.hidden = themes.length === 0;
  field.setAttribute("aria-expanded", String(themes.length > 0));
  choose(field, 0);
}
function choose(field, at) {
  const all = [...field.closest("[data-add]").querySelectorAll("[role=option]")];
  if (!all.length) return field.removeAttribute("aria-activedescendant");
  const wanted = (at + all.length) % all.length;
  all.forEach((one, index) => one.setAttribute("aria-selected", String(index === wanted)));
  field.setAttribute("aria-activedescendant", all[wanted].id);
  all[wanted].scrollIntoView({ block: "nearest" });
}
const chosen = (field) => document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
async function list(field) {
  const hits = found(await knownThemes(field.closest("[data-passages]")), field.value);
  options(field, hits);
  const status = field.closest("[data-add]").querySelector("[data-add-status]");
  status.textContent = field.value && !hits.length ? status.dataset.none : "";
}
function give(option) {
  const form = option.closest("form");
  const values = Object.fromEntries(new FormData(form));
  window.htmx.ajax("POST", form.getAttribute("action"), {
    source: form,
    target: form.closest(".passage"),
    swap: "outerHTML",
    values: { ...values, do: `add:${option.dataset.slug}` },
  });
}
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-add-field]")) list(event.target);
});
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-add-field]");
  if (!field) return;
  const all = [...field.closest("[data-add]").querySelectorAll("[role=option]")];
  const at = all.indexOf(chosen(field));
  if (event.key === "ArrowDown") choose(field, at + 1);
  else if (event.key === "ArrowUp") choose(field, at - 1);
  else if (event.key === "Enter") {
    const option = chosen(field);
    if (option) give(option);
  } else if (event.key === "Escape") closeField(field, true);
  else return;
  event.preventDefault();
  event.stopPropagation();
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("[data-add-list] [role=option]");
  if (!option) return;
  event.preventDefault();
  give(option);
});
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-add-open]");
  if (!opener) return;
  event.preventDefault();
  openField(opener.closest("[data-passage]"));
});
document.addEventListener("focusout", (event) => {
  const field = event.target.closest?.("[data-add-field]");
  if (field && !field.closest("[data-add]").contains(event.relatedTarget)) closeField(field);
});

// --- After a correction: the focus stays in the passage, and the way back is offered.
let leaving = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const passage = event.target.closest?.("[data-passage]");
  if (!passage) return;
  leaving = { id: passage.id, focused: passage.contains(document.activeElement), polarity: document.activeElement?.dataset?.polarity };
});
document.addEventListener("htmx:afterSettle", (event) => {
  ready(event.target.parentElement ?? document);
  if (!leaving) return;
  const passage = document.getElementById(leaving.id);
  const { focused, polarity } = leaving;
  leaving = null;
  if (!passage || !focused) return;
  const same = polarity ? passage.querySelector(`[data-polarity="${polarity}"]`) : null;
  if (same) same.focus({ preventScroll: true });
  else goTo(passage);
});
let last = null;
document.addEventListener("corrected", (event) => {
  const { text, undo } = event.detail;
  const back = () => document.querySelector(`[data-undo][value="undo:${undo}"]`);
  const label = document.getElementById("coding-keys")?.dataset.undo ?? "";
  last?.remove(); // only the last correction has a way back here; each passage offers its own
  last = toast(text, undo && back() && label ? { undoLabel: label, undo: () => back()?.click() } : {});
});
ready();
