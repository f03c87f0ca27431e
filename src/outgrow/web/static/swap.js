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

/** The region itself stays, so that what is new in it is announced. @param {Document} fresh */
function tell(fresh) {
  const said = fresh.getElementById("notice");
  if (said) document.getElementById("notice")?.replaceChildren(...said.childNodes);
}

/** @param {string} sentence */
function say(sentence) {
  const notice = document.getElementById("notice");
  if (notice) notice.textContent = sentence;
}

/** What the settings say of the whole page. @param {Document} fresh */
function dress(fresh) {
  Object.assign(document.documentElement.dataset, fresh.documentElement.dataset);
  Object.assign(document.body.dataset, fresh.body.dataset);
}

/** Forms outside of what came back lead to where we are now. @param {string} url */
function move(url) {
  if (url !== location.href) history.replaceState(null, "", url);
  for (const each of document.querySelectorAll("header input[name=back], dialog input[name=back]")) {
    if (each instanceof HTMLInputElement) each.value = location.pathname + location.search;
  }
}

/** @param {Document} fresh @param {string[]} ids */
function swap(fresh, ids) {
  const focused = document.activeElement?.id;
  const taken = ids.filter((id) => take(fresh, id));
  if (taken.length < ids.length) take(fresh, "main");
  tell(fresh);
  const wanted = document.querySelector("[aria-invalid]") || document.querySelector("[data-focus]") ||
    (focused && document.getElementById(focused));
  if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: wanted.id === focused });
  document.dispatchEvent(new CustomEvent("swapped"));
}

/** A form that was sent with something wrong comes back by itself; everything else on the page stays.
 * @param {string} text @param {HTMLFormElement} form @param {boolean} kept @param {string} url */
function show(text, form, kept, url) {
  const fresh = parser.parseFromString(text, "text/html");
  if (!fresh.getElementById("main")) return say(fresh.querySelector("p")?.textContent || text); // not let in
  if (!kept && form.id && fresh.getElementById(form.id)) return swap(fresh, [form.id]);
  form.closest("dialog")?.close();
  dress(fresh);
  swap(fresh, (form.dataset.swap || "main").split(" "));
  document.title = fresh.title;
  move(url);
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function send(form, submitter) {
  form.setAttribute("aria-busy", "true");
  try {
    const data = new FormData(form, submitter);
    const asked = form.enctype === "multipart/form-data" ? data : new URLSearchParams(/** @type {any} */ (data));
    const answer = await fetch(form.action, { method: "POST", body: asked, headers: { "X-Swap": "1" } });
    show(await answer.text(), form, answer.ok, answer.url);
  } catch {
    say("outgrow does not answer. Nothing you see is lost: start it again and repeat this.");
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
