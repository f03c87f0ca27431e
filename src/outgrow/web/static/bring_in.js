// Files and folders can be dropped anywhere on the page. Without this module they are chosen in the field.

/** @typedef {{name: string, isFile: boolean, isDirectory: boolean, file: Function, createReader: Function}} Entry */

/** All files below an entry, named by their way from it. @param {Entry} entry @param {string} above @returns {Promise<File[]>} */
async function below(entry, above) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise((kept, failed) => entry.file(kept, failed));
    return [above ? new File([file], `${above}/${file.name}`, { type: file.type }) : file];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((kept, failed) => reader.readEntries(kept, failed)); // a hundred at a time
    if (!some.length) break;
    for (const each of some) found.push(...(await below(each, above ? `${above}/${entry.name}` : entry.name)));
  }
  return found;
}

/** @param {DataTransfer} transfer @returns {Promise<File[]>} */
async function dropped(transfer) {
  const entries = [...transfer.items].map((each) => each.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = await Promise.all(entries.map((each) => below(/** @type {any} */ (each), "")));
  return found.flat();
}

/** @param {File[]} files */
function send(files) {
  const form = document.getElementById("dropping");
  const field = document.getElementById("files");
  const status = document.getElementById("taking");
  if (!(form instanceof HTMLFormElement) || !(field instanceof HTMLInputElement)) return;
  if (!files.length) {
    if (status) status.textContent = "There was no file in what was dropped.";
    return;
  }
  const list = new DataTransfer();
  for (const each of files) list.items.add(each);
  field.files = list.files;
  if (status) status.textContent = files.length === 1 ? "Taking 1 file…" : `Taking ${files.length} files…`;
  form.requestSubmit();
}

const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
const lit = (/** @type {boolean} */ on) => document.getElementById("dropping")?.classList.toggle("over", on);

document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  lit(true);
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) lit(false);
});
document.addEventListener("drop", (event) => {
  if (!hasFiles(event) || !event.dataTransfer) return;
  event.preventDefault();
  lit(false);
  dropped(event.dataTransfer).then(send);
});
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.id === "files" && event.isTrusted) send([...(event.target.files || [])]);
});
