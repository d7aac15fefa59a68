// Words chosen in the text with the mouse, a finger or the keyboard fill the form that hides them.
const form = document.querySelector("[data-mask]");
const text = document.querySelector("[data-mask-text]");

function lengthBefore(range) {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString();
}
function take() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const raw = range.toString();
  const words = raw.trim();
  if (!words) return;
  const lead = raw.length - raw.trimStart().length;
  form.querySelector("[data-mask-words]").value = words;
  // Characters as the server counts them, not the halves of a pair.
  form.querySelector("[data-mask-start]").value = [...(lengthBefore(range) + raw.slice(0, lead))].length;
  form.open = true;
  const status = form.querySelector("[data-mask-status]");
  status.textContent = `${status.dataset.chosen} ${words}`;
}
if (form && text) {
  document.addEventListener("pointerup", () => setTimeout(take));
  document.addEventListener("keyup", (event) => {
    if (event.shiftKey || event.key === "Shift") take();
  });
  form.querySelector("[data-mask-words]").addEventListener("input", () => {
    form.querySelector("[data-mask-start]").value = "";
  });
}
