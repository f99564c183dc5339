/**
 * The script of a page that waits for news: it asks for the page itself and puts what is new in its place, so that
 * neither the focus nor what a screen reader was reading is lost, as they would be if the page were loaded anew.
 *
 * - `data-live` names a part that is replaced when it has changed. Where the focus was in it, the focus goes to the link
 *   that leads to the same place, or to the heading. That has its `tabindex` from the Worker: one that is added here would
 *   make the part differ for ever.
 * - `data-watching` is the sentence that says so, hidden where no script runs, with the seconds until the next time. A
 *   page without one has come to its end.
 *
 * It is read by `XMLHttpRequest`, since trusted types keep `DOMParser` from the page, too. Nothing is put into this text:
 * its hash stands in the page's policy.
 */
export const WATCH_SCRIPT = `
(() => {
  const LONGEST_PAUSE_S = 60;
  const note = document.querySelector("[data-watching]");
  let pause = Number(note.dataset.watching);
  let isDue = false;
  note.hidden = false;
  rest();

  function rest() {
    setTimeout(() => {
      isDue = true;
      askWhileSeen();
    }, pause * 1000);
  }

  // Nobody looks at a page that is hidden: it asks when it is seen again.
  function askWhileSeen() {
    if (!isDue || document.hidden) return;
    isDue = false;
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.timeout = 20000;
    request.addEventListener("loadend", () => {
      const page = request.status === 200 ? request.response : null;
      if (page === null) pause = Math.min(pause * 2, LONGEST_PAUSE_S);
      else show(page);
      if (request.status === 404) note.hidden = true;
      if (!note.hidden) rest();
    });
    request.send();
  }
  document.addEventListener("visibilitychange", askWhileSeen);

  function show(page) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = page.querySelector('[data-live="' + part.dataset.live + '"]');
      if (next !== null && !part.isEqualNode(next)) replace(part, next);
    }
    document.title = page.title;
    const watching = page.querySelector("[data-watching]");
    if (watching === null) note.hidden = true;
    else pause = Number(watching.dataset.watching);
  }

  function replace(part, next) {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    part.replaceChildren(...next.childNodes);
    if (focused === null) return;
    const same = [...part.querySelectorAll("a")].find((link) => link.href === focused.href);
    (same ?? document.querySelector("h1")).focus();
  }
})();
`;
