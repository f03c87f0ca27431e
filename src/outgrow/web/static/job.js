// Follows long work: what is live on the page is taken anew until the work is done, then the page it led to is opened.
// Without this module the page loads itself again.

const parser = new DOMParser();
const OFTEN = 700;
const SELDOM = 2500;
let waiting = 0;

/** @param {string} address */
async function fresh(address) {
  const answer = await fetch(address, { headers: { "X-Swap": "1" } });
  return { page: parser.parseFromString(await answer.text(), "text/html"), address: answer.url };
}

/** @param {Element} old @param {Document} page */
function renew(old, page) {
  const next = page.getElementById(old.id);
  if (!next) return old.replaceChildren();
  old.toggleAttribute("data-watch", next.hasAttribute("data-watch"));
  if (old.innerHTML !== next.innerHTML) old.replaceChildren(...document.adoptNode(next).childNodes);
}

async function watch() {
  const watched = document.querySelector("[data-watch]");
  const strip = document.querySelector("#strip[data-now]");
  try {
    if (watched instanceof HTMLElement) {
      const here = watched.dataset.watch === "here";
      const { page, address } = await fresh(location.href);
      // Where the work goes on beside what it led to ("here"), that page is opened too.
      if (!here && !page.querySelector('[data-watch=""]')) return location.assign(address);
      for (const each of document.querySelectorAll("[data-live]")) renew(each, page);
      if (here && page.querySelector("[data-watch]")) watched.dataset.watch = "here";
    } else if (strip instanceof HTMLElement && strip.children.length) {
      renew(strip, (await fresh(strip.dataset.now || "")).page);
    }
  } catch {
    return; // the app was ended; the next page says so
  }
  again();
}

function again() {
  clearTimeout(waiting);
  const often = document.querySelector("[data-watch]");
  if (often || document.querySelector("#strip[data-now] > *")) waiting = setTimeout(watch, often ? OFTEN : SELDOM);
}

document.addEventListener("swapped", again);
again();
