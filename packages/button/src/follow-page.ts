/**
 * Tells of what happens to the page, until the returned function is called.
 *
 * @param onBack the page comes back as it was left, from the back-forward cache
 * @param onSeen it is looked at, or not any more (`document.hidden` tells), or the network is there again: sleep breaks
 *   connections silently
 * @param onLeft it is left: an open connection would keep it out of the back-forward cache
 */
export function followPage(onBack: () => void, onSeen: () => void, onLeft: () => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("pageshow", ({ persisted }) => persisted && onBack(), { signal });
  window.addEventListener("pagehide", onLeft, { signal });
  window.addEventListener("online", onSeen, { signal });
  document.addEventListener("visibilitychange", onSeen, { signal });
  return () => listening.abort();
}
