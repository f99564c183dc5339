/** Where the shopper pays: in place of the shop's page, in a tab beside it, or on the phone that scans a code. */
export type Mode = "redirect" | "tab" | "qr";

/** The mode of these words of the page; `redirect` where they are none. */
export function modeOf(words: string | null | undefined): Mode {
  if (words === "qr") return words;
  return words === "tab" || isFramed() ? "tab" : "redirect";
}

/** Whether the page is inside another one. Pay pages refuse to be framed, and a frame must not take the page around it away. */
export function isFramed(): boolean {
  return window.top !== window;
}

/**
 * Opens an empty tab for a pay page that is not known yet. To be called within the click itself: later on, a browser
 * takes it for a pop-up.
 *
 * @param text what the tab says meanwhile
 * @returns null where the browser lets no tab be opened.
 */
export function openPayTab(text: string): Window | null {
  const tab = openTab();
  if (tab !== null) {
    // The pay page must have no way back into the shop's.
    tab.opener = null;
    tab.document.title = text;
    tab.document.body.textContent = text;
  }
  return tab;
}

function openTab(): Window | null {
  try {
    return window.open("about:blank");
  } catch {
    // Firefox throws in a frame whose sandbox allows no tabs, where others give null.
    return null;
  }
}
