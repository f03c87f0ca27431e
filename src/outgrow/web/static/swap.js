// Sends forms without leaving the page: what comes back takes the place of what was there, focus stays where it was, and
// the notice is announced. Without this module every form works as a form.

const parser = new DOMParser();

/** @param {Document} fresh @param {string} id */
function take(fresh, id) {
  const old = document.getElementById(id);
  const next = fresh.getElementById(id);
  if (!old || !next) return false;
  old.replaceWith(document.adoptNode(next));
  return true;
}

/** @param {string} text @param {string} url @param {string[]} ids */
function show(text, url, ids) {
  const fresh = parser.parseFromString(text, "text/html");
  const focused = document.activeElement?.id;
  const taken = ids.filter((id) => take(fresh, id));
  if (taken.length < ids.length) take(fresh, "main");
  take(fresh, "notice");
  document.title = fresh.title;
  if (url !== location.href) history.replaceState(null, "", url);
  const wanted = document.querySelector("[data-focus]") || (focused && document.getElementById(focused));
  if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: !wanted.hasAttribute("data-focus") });
  document.dispatchEvent(new CustomEvent("swapped"));
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function send(form, submitter) {
  form.setAttribute("aria-busy", "true");
  try {
    const data = new FormData(form, submitter);
    const asked = form.enctype === "multipart/form-data" ? data : new URLSearchParams(/** @type {any} */ (data));
    const answer = await fetch(form.action, { method: "POST", body: asked, headers: { "X-Swap": "1" } });
    show(await answer.text(), answer.url, (form.dataset.swap || "main").split(" "));
  } catch {
    const notice = document.getElementById("notice");
    if (notice) notice.textContent = "outgrow does not answer. Nothing you see is lost: start it again and repeat this.";
  } finally {
    form.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.swap === undefined || form.method !== "post") return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
});
