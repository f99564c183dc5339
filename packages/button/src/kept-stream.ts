const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * Keeps a stream of server-sent events open until the returned function is called. Where it was refused or broke for
 * good, `isWorthAnother` is asked, and after a pause that grows each time the stream is opened again.
 */
export function keepStream(
  address: string,
  onMessage: (data: string) => void,
  isWorthAnother: () => Promise<boolean>,
): () => void {
  let closed = false;
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout>;
  let pause = FIRST_PAUSE_MS;

  const open = (): void => {
    source = new EventSource(address);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      pause = FIRST_PAUSE_MS;
      onMessage(data);
    });
    source.addEventListener("error", () => {
      // It reconnects by itself, unless the answer was no event stream.
      if (source.readyState === EventSource.CLOSED) void comeBack();
    });
  };

  const comeBack = async (): Promise<void> => {
    if (!(await isWorthAnother()) || closed) return;
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source.close();
  };
}
