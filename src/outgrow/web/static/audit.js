// The audit's own small helps: the slider and the number of the guess say the same, and j and k walk the lines of a card.

document.addEventListener("input", (event) => {
  const said = event.target;
  if (!(said instanceof HTMLInputElement)) return;
  const number = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=guess]"));
  const slider = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-guess]"));
  if (!number || !slider) return;
  if (said === slider) number.value = slider.value;
  else if (said === number) slider.value = number.value.replace(",", ".") || "0";
});

/** @param {number} step */
function walk(step) {
  const lines = [...document.querySelectorAll(".lines input")].filter(
    (each) => each instanceof HTMLElement && each.offsetParent !== null);
  const at = lines.indexOf(/** @type {Element} */ (document.activeElement));
  const next = at < 0 ? (step > 0 ? lines[0] : lines[lines.length - 1]) : lines[at + step];
  if (next instanceof HTMLElement) next.focus();
}

document.addEventListener("keyed", (event) => {
  const key = event instanceof CustomEvent ? event.detail : "";
  if (key === "j") walk(1);
  if (key === "k") walk(-1);
});
