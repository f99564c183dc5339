import type { ReactiveControllerHost } from "lit";

/** Repeats a request while its element is on a visible page. A slow answer delays the next request. */
export function pollFrom(host: ReactiveControllerHost, everyMs: number, poll: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    timer = setTimeout(async () => {
      if (!document.hidden) await poll();
      if (timer !== undefined) wait();
    }, everyMs);
  };
  host.addController({
    hostConnected: wait,
    hostDisconnected: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  });
}
