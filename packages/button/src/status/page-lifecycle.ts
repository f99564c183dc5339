/** Callbacks for page lifecycle events. */
export interface PageLifecycleObserver {
  /** The page is restored from the back-forward cache. */
  onRestore(): void;
  /** The page became visible or hidden (see `document.hidden`), or is online again: sleep breaks connections. */
  onVisible(): void;
  /** The page is being left. An open connection would exclude it from the back-forward cache. */
  onHide(): void;
}

/** A page may have many elements. They share one set of listeners. */
const observers = new Set<PageLifecycleObserver>();
let listening: AbortController | undefined;

/** Notifies an observer of page lifecycle events until the returned function is called. */
export function observePageLifecycle(observer: PageLifecycleObserver): () => void {
  observers.add(observer);
  listening ??= listen();
  return () => {
    observers.delete(observer);
    if (observers.size > 0) return;
    listening?.abort();
    listening = undefined;
  };
}

function listen(): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  const notifyAll = (what: keyof PageLifecycleObserver) => () => {
    for (const observer of observers) observer[what]();
  };
  const onRestore = notifyAll("onRestore");
  window.addEventListener("pageshow", ({ persisted }) => persisted && onRestore(), { signal });
  window.addEventListener("pagehide", notifyAll("onHide"), { signal });
  window.addEventListener("online", notifyAll("onVisible"), { signal });
  document.addEventListener("visibilitychange", notifyAll("onVisible"), { signal });
  return controller;
}
