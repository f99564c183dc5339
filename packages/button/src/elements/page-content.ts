/**
 * Hides a slot while it has only a fallback for pages without JavaScript. A fallback has no other elements than those
 * listed here: a tag that closes itself contains the rest of the page. A parser that is still reading the page adds its
 * content later.
 *
 * @param onContent is called when the slot shows content of the page.
 */
export function showContent(slot: HTMLSlotElement, onContent: () => void): void {
  const isFallback = (child: Element): boolean => child.matches("a,b,br,em,i,img,noscript,small,span,strong");
  slot.addEventListener("slotchange", () => {
    slot.hidden = slot.assignedElements().every(isFallback);
    if (!slot.hidden) onContent();
  });
}
