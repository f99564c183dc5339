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
 * @returns null where the browser lets no tab be opened, or none that a pay page works in.
 */
export function openPayTab(text: string): Window | null {
  let tab: Window | null = null;
  try {
    tab = window.open("about:blank");
    if (tab !== null) {
      // The pay page must have no way back into the shop's.
      tab.opener = null;
      tab.document.title = text;
      tab.document.body.textContent = text;
    }
    return tab;
  } catch {
    // A sandboxed frame: Firefox throws where no tab may be opened, and one that stays in the sandbox is out of reach.
    tab?.close();
    return null;
  }
}
