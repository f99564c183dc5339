/**
 * The script of a page that polls for changes. It requests the page itself and replaces the changed parts, so that
 * neither the focus nor the position of a screen reader is lost, as it would be on a reload.
 *
 * - `data-live` names a part that is replaced if it has changed. If the focus was in it, the focus moves to the link
 *   with the same address, or to the heading. The heading has its `tabindex` from the Worker: one that is added here
 *   would make the part differ forever.
 * - `data-watching` is the note that the page updates, hidden without JavaScript, with the seconds until the next poll.
 *   A page without it has a final status.
 *
 * The script uses `XMLHttpRequest`, because trusted types also forbid `DOMParser`. No value is inserted into this text:
 * the page's policy contains its hash.
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

  // A hidden page polls when it becomes visible again.
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
