/** Where the shopper pays: in place of the shop's page, in another tab, or on a phone that scans a QR code. */
export type Mode = "redirect" | "tab" | "qr";

/** The primary pointer is a finger, and the screen is smaller than that of a tablet. */
const PHONE = "(pointer:coarse) and (max-width:599px),(pointer:coarse) and (max-height:599px)";

/**
 * Returns the mode that an attribute value names. The default is `redirect`, or `tab` in a frame. It replaces `qr` on a
 * phone, which can't scan its own screen.
 */
export function modeOf(words: string | null | undefined): Mode {
  if (words === "qr" && !matchMedia(PHONE).matches) return words;
  return words === "tab" || isFramed() ? "tab" : "redirect";
}

/**
 * Returns whether the page is in a frame. Pay pages refuse to be framed, and a framed page must not navigate its parent
 * away.
 */
export function isFramed(): boolean {
  return window.top !== window;
}

/**
 * Opens an empty tab for a pay page that is not known yet. Call it synchronously in the click handler: later, browsers
 * block the tab as a pop-up.
 *
 * @param text the text in the tab until the pay page opens.
 * @returns null if the browser opens no tab, or only one in which pay pages do not work.
 */
export function openPayTab(text: string): Window | null {
  let tab: Window | null = null;
  try {
    tab = window.open("about:blank");
    if (tab !== null) {
      // The pay page must not get access to the shop's page.
      tab.opener = null;
      tab.document.title = text;
      tab.document.body.textContent = text;
    }
    return tab;
  } catch {
    // A sandboxed frame: Firefox throws if tabs are not allowed, and a tab that stays in the sandbox is not accessible.
    tab?.close();
    return null;
  }
}
