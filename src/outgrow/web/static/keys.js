// Single keys: a key presses the visible button or follows the link that names it in data-key; `g` and a letter jumps to
// a place (data-go). They sleep in fields, with modifiers, and when the settings switch them off. What lies on another
// key by the settings is written so on its button, too.

let going = false;

/** @returns {Map<string, string>} the person's own key of each key of the pages */
const own = () =>
  new Map((document.body.dataset.ownKeys || "").split(" ").filter(Boolean).map((pair) => [pair[0], pair.slice(2)]));

/** @param {string} key the key that was pressed @returns what it stands for on the pages, if anything */
function meant(key) {
  const keys = own();
  for (const [usual, chosen] of keys) if (chosen === key) return usual;
  return keys.has(key) ? "" : key;
}

/** Writes the person's own keys on the buttons. */
function relabel() {
  const keys = own();
  for (const each of document.querySelectorAll("kbd")) {
    each.dataset.usual ||= each.textContent || "";
    each.textContent = keys.get(each.dataset.usual) || each.dataset.usual;
  }
  for (const each of document.querySelectorAll("[data-go]")) {
    if (each instanceof HTMLElement) each.dataset.float = `${keys.get("g") || "g"} ${each.dataset.go}`;
  }
}

/** @param {EventTarget | null} target */
const isField = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));

/** An open dialog has the keys to itself, and the page comes before its frame. @param {string} attribute @param {string} key */
function named(attribute, key) {
  const within = document.querySelector("dialog[open]") || document;
  const found = [...within.querySelectorAll(`[${attribute}]`)].filter((each) => each.getAttribute(attribute) === key);
  const seen = found.filter((each) => each instanceof HTMLElement && each.offsetParent !== null);
  return /** @type {HTMLElement | undefined} */ (seen.find((each) => each.closest("main")) || seen[0]);
}

/** @param {boolean} [shown] */
function showKeys(shown) {
  const now = document.body.classList.toggle("show-keys", shown);
  document.querySelector("[data-shows-keys]")?.setAttribute("aria-pressed", String(now));
}

/** @param {KeyboardEvent} event @param {HTMLElement} control */
function press(event, control) {
  // Enter and Space belong to the control that has the focus.
  if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.matches("a, button, summary")) return;
  event.preventDefault();
  if (control.matches("input, textarea, select")) control.focus();
  else control.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") showKeys(false);
  if (document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  const key = meant(event.key);
  if (event.repeat && key !== "j" && key !== "k") return;
  const control = (going && named("data-go", event.key)) || named("data-key", key);
  going = !going && !control && key === "g";
  if (control) press(event, control);
  else if (key && !going && !document.querySelector("dialog[open]")) {
    document.dispatchEvent(new CustomEvent("keyed", { detail: key })); // a page may have use for it
  }
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-shows-keys]")) showKeys();
});
document.addEventListener("swapped", relabel);
relabel();
