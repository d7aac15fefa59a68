// The little that pages do by themselves. Everything works without it; nothing here holds a business rule.

const root = document.documentElement;

// Theme: the form sends it to the server; here it changes at once, without a new page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  const theme = event.submitter?.value;
  if (!form || !theme) return;
  event.preventDefault();
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
});

// Menus are <details>: a click outside or Escape closes them, and the focus goes back to their summary.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// Keyboard: « / » goes to the search, « ? » shows the help.
const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?") {
    document.querySelector("#keyboard")?.showModal();
  }
});

// Dialogs: <button data-opens="id"> opens <dialog id>; they close by their own buttons, Escape or a click on the veil.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  else if (event.target.matches("dialog.dialog")) event.target.close();
});

// Toasts: what was done, and the way back. They stay 12 seconds, longer while looked at.
const LIFE = 12000;
function watchToast(toast) {
  let timer = setTimeout(() => toast.remove(), LIFE);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), LIFE);
  };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, release);
}
export function toast(text, { undoLabel = "", undo = null } = {}) {
  const box = document.createElement("div");
  box.className = "toast";
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = undoLabel;
    button.addEventListener("click", () => {
      box.remove();
      undo();
    });
    box.append(button);
  }
  document.querySelector("#toasts")?.append(box);
  return box;
}
const shelf = document.querySelector("#toasts");
if (shelf) {
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.classList?.contains("toast")) watchToast(node);
    }
  }).observe(shelf, { childList: true });
  for (const node of shelf.querySelectorAll(".toast")) watchToast(node);
}

// htmx: a server may say a word by the header HX-Trigger {"toast": {"text": …}}; errors are said, not swallowed.
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value ?? ""));
document.addEventListener("htmx:responseError", () => toast(shelf?.dataset.failed ?? ""));
document.addEventListener("htmx:sendError", () => toast(shelf?.dataset.offline ?? ""));

// After a swap the focus goes to what asks for it, or stays on the element of the same id.
let focused = "";
document.addEventListener("htmx:beforeSwap", () => {
  focused = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const wanted = event.target.querySelector?.("[data-focus]");
  const same = focused && document.activeElement === document.body ? document.getElementById(focused) : null;
  (wanted ?? same)?.focus();
});

// A summary of errors takes the focus when the page opens.
document.querySelector(".error-summary[data-focus]")?.focus();
