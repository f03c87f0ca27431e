// Opens and closes what lies over the page: a link with data-opens shows the dialog of that id instead of the page it
// leads to, and the menu closes on Escape or when something else is pressed.

/** @param {MouseEvent} event @param {Element} pressed */
function open(event, pressed) {
  const dialog = document.getElementById(pressed.getAttribute("data-opens") || "");
  if (!(dialog instanceof HTMLDialogElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
}

/** @param {Element | null} [except] */
function closeMenus(except) {
  for (const each of document.querySelectorAll("details.menu[open]")) if (each !== except) each.removeAttribute("open");
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opens = event.target.closest("[data-opens]");
  if (opens) open(event, opens);
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  closeMenus(event.target.closest("details.menu"));
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) menu.querySelector("summary")?.focus();
  if (menu) closeMenus();
});
