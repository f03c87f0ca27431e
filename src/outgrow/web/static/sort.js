// The list of work: one row is current, and the keys press its buttons; once rows are chosen, they answer for all of them.

const ANSWERS = ["d", "g", "x"];
let last = "";
let current = "";

/** @returns {HTMLElement[]} */
const rows = () => [...document.querySelectorAll("[data-row]")].filter((each) => each instanceof HTMLElement);
const chosen = () => document.querySelectorAll("[name=chosen]:checked").length;
const row = () => document.getElementById(current) || rows()[0];

/** Lays the keys on the buttons they now press, and on no others. */
function lay() {
  const several = chosen() > 0;
  for (const each of document.querySelectorAll("[data-row-key]")) {
    const key = each.getAttribute("data-row-key") || "";
    const pressed = each.closest("[data-row]") === row() && !(several && ANSWERS.includes(key));
    pressed ? each.setAttribute("data-key", key) : each.removeAttribute("data-key");
  }
  for (const each of document.querySelectorAll("[data-chosen-key]")) {
    const key = each.getAttribute("data-chosen-key") || "";
    several ? each.setAttribute("data-key", key) : each.removeAttribute("data-key");
  }
  for (const each of rows()) each.classList.toggle("current", each === row());
  const count = document.querySelector("[data-count]");
  if (count) count.textContent = String(chosen());
}

/** @param {number} step */
function walk(step) {
  const all = rows();
  const at = all.findIndex((each) => each === row());
  const started = document.getElementById(current) !== null;
  const next = all[started ? at + step : 0];
  if (next) next.focus();
}

/** @param {string} selector a button of the current row */
function press(selector) {
  const button = row()?.querySelector(selector);
  if (button instanceof HTMLElement) button.click();
}

document.addEventListener("focusin", (event) => {
  const within = event.target instanceof Element && event.target.closest("[data-row]");
  if (within) {
    current = within.id;
    lay();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.step) walk(Number(button.dataset.step));
  if (button.dataset.accept !== undefined) press("[data-guessed]");
  if (button.dataset.repeat !== undefined && last) press(`button[value=${last}]`);
});

document.addEventListener("change", lay);

document.addEventListener("submit", (event) => {
  if (event.submitter instanceof HTMLButtonElement && event.submitter.name === "answer") last = event.submitter.value;
  const answered = event.target instanceof Element && event.target.closest("[data-row]");
  if (answered) current = answered.id;
});

document.addEventListener("swapped", () => {
  if (document.getElementById(current)) walk(1);
  lay();
});

lay();
