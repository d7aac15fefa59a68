// Dropping a file on the form, saying its name, and saying that it is on its way. The form works without this.
const form = document.querySelector("[data-upload]");
const zone = form?.querySelector("[data-dropzone]");
const input = form?.querySelector("input[type=file]");
const name = form?.querySelector("[data-file-name]");

const tell = () => { name.textContent = input.files[0]?.name ?? ""; };

if (form && zone && input) {
  for (const event of ["dragenter", "dragover"]) {
    zone.addEventListener(event, (drag) => { drag.preventDefault(); zone.classList.add("dropzone-over"); });
  }
  for (const event of ["dragleave", "drop"]) {
    zone.addEventListener(event, () => zone.classList.remove("dropzone-over"));
  }
  zone.addEventListener("drop", (drop) => {
    if (!drop.dataTransfer?.files.length) return;
    drop.preventDefault();
    input.files = drop.dataTransfer.files;
    tell();
  });
  input.addEventListener("change", tell);
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    if (button) { button.setAttribute("aria-disabled", "true"); name.textContent = form.dataset.sending; }
  });
}
