// The explorer by keyboard, and the little that must survive when filters change. Everything works without it.
import { toast } from "../ui/app.js";

const cards = () => [...document.querySelectorAll("[data-card]")];
const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

// j and k go from card to card; « / » to the search of this page, before that of the top bar.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") {
      const all = cards();
      const at = all.indexOf(document.activeElement?.closest("[data-card]"));
      const next = event.key === "j" ? at + 1 : Math.max(at - 1, 0);
      const card = all[at < 0 ? 0 : Math.min(next, all.length - 1)];
      card?.focus();
      card?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "/") {
      const search = document.querySelector("#explorer-words");
      if (!search) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      search.focus();
      search.select();
    }
  },
  true,
);

// Copying needs a script: its button shows only where one runs.
function showCopying() {
  for (const button of document.querySelectorAll("[data-copies]")) button.hidden = !navigator.clipboard;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.closest("details").open = false;
  toast(button.dataset.done);
});

// When filters change, what was open stays open and the focus stays on the value just chosen.
const label = (link) => link.querySelector(".facet-label")?.firstChild?.textContent ?? "";
let kept = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "explorer") return;
  const link = document.activeElement?.closest?.(".facet-item a");
  const sheet = document.querySelector("#filters");
  kept = {
    facet: link?.closest(".facet")?.getAttribute("aria-labelledby"),
    label: link ? label(link) : "",
    sheet: sheet?.matches(":popover-open") ?? false,
    scroll: sheet?.scrollTop ?? 0,
    open: [...document.querySelectorAll(".facet:has(.facet-more[open])")].map((one) => one.getAttribute("aria-labelledby")),
  };
});
document.addEventListener("htmx:afterSettle", () => {
  showCopying();
  const explorer = document.querySelector("#explorer");
  document.querySelector("#explorer-status").textContent = explorer?.dataset.count ?? "";
  if (!kept || !explorer) return;
  for (const id of kept.open) {
    const more = explorer.querySelector(`.facet[aria-labelledby="${id}"] .facet-more`);
    if (more) more.open = true;
  }
  const sheet = document.querySelector("#filters");
  if (kept.sheet) {
    sheet.showPopover();
    sheet.scrollTop = kept.scroll;
  }
  if (kept.facet) {
    const links = explorer.querySelectorAll(`.facet[aria-labelledby="${kept.facet}"] .facet-item a`);
    [...links].find((link) => label(link) === kept.label)?.focus({ preventScroll: true });
  }
  kept = null;
});
showCopying();
