// Single keys: a key presses the visible button or follows the link that names it in data-key; `g` and a letter jumps to
// a place (data-go). They sleep in fields, with modifiers, and when the settings switch them off.

let going = false;

/** @param {EventTarget | null} target */
const isField = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));

/** @param {string} attribute @param {string} key */
const named = (attribute, key) => {
  const found = [...document.querySelectorAll(`[${attribute}]`)].filter((each) => each.getAttribute(attribute) === key);
  const seen = found.filter((each) => each instanceof HTMLElement && each.offsetParent !== null);
  return /** @type {HTMLElement | undefined} */ (seen[0]);
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.body.classList.remove("show-keys");
  if (document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  const place = going ? named("data-go", event.key) : undefined;
  going = false;
  if (event.repeat && event.key !== "j" && event.key !== "k") return;
  const pressed = place || named("data-key", event.key);
  if (pressed) {
    // Enter and Space belong to the control that has the focus.
    if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.matches("a, button, summary")) return;
    event.preventDefault();
    pressed.matches("input, textarea, select") ? pressed.focus() : pressed.click();
  } else if (event.key === "g") {
    going = true;
  } else if (event.key === "?") {
    document.body.classList.toggle("show-keys");
  }
});
