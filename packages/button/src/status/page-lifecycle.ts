/** Who wants to know what happens to the page. */
export interface PageFollower {
  /** It comes back as it was left, from the back-forward cache. */
  onBack(): void;
  /** It is looked at, or not any more (`document.hidden` tells), or the network is there again: sleep breaks connections silently. */
  onSeen(): void;
  /** It is left: an open connection would keep it out of the back-forward cache. */
  onLeft(): void;
}

/** One set of listeners serves all elements of the page, which may be many. */
const followers = new Set<PageFollower>();
let listening: AbortController | undefined;

/** Tells the follower of what happens to the page, until the returned function is called. */
export function followPage(follower: PageFollower): () => void {
  followers.add(follower);
  listening ??= listen();
  return () => {
    followers.delete(follower);
    if (followers.size > 0) return;
    listening?.abort();
    listening = undefined;
  };
}

function listen(): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  const tellAll = (what: keyof PageFollower) => () => {
    for (const follower of followers) follower[what]();
  };
  const onBack = tellAll("onBack");
  window.addEventListener("pageshow", ({ persisted }) => persisted && onBack(), { signal });
  window.addEventListener("pagehide", tellAll("onLeft"), { signal });
  window.addEventListener("online", tellAll("onSeen"), { signal });
  document.addEventListener("visibilitychange", tellAll("onSeen"), { signal });
  return controller;
}
