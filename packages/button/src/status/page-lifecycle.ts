/** Callbacks for page lifecycle events. */
export interface PageLifecycleObserver {
  /** The page is restored from the back-forward cache. */
  onRestore(): void;
  /** The page became visible or hidden (see `document.hidden`), or is online again: sleep breaks connections. */
  onVisible(): void;
  /** The page is being left. An open connection would exclude it from the back-forward cache. */
  onHide(): void;
}

/** A page may have many elements. They share one set of listeners, which the first element adds. */
let observers: Set<PageLifecycleObserver> | undefined;

/** Notifies an observer of page lifecycle events until the returned function is called. */
export function observePageLifecycle(observer: PageLifecycleObserver): () => void {
  observers ??= listen();
  observers.add(observer);
  return () => observers?.delete(observer);
}

function listen(): Set<PageLifecycleObserver> {
  const observed = new Set<PageLifecycleObserver>();
  const notifyAll = (what: keyof PageLifecycleObserver) => () => {
    for (const observer of observed) observer[what]();
  };
  const onRestore = notifyAll("onRestore");
  addEventListener("pageshow", ({ persisted }) => persisted && onRestore());
  addEventListener("pagehide", notifyAll("onHide"));
  addEventListener("online", notifyAll("onVisible"));
  document.addEventListener("visibilitychange", notifyAll("onVisible"));
  return observed;
}
