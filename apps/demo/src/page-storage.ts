/** The storage that this page needs. */
export interface PageStorage {
  /** False if nothing outlives this page, because the browser blocks storage or it is full. */
  readonly lasting: boolean;
  read(name: string): string | null;
  write(name: string, text: string): void;
}

/**
 * Returns a storage that never throws. Entries that the browser rejects are kept in memory while the page is open.
 *
 * @param open returns the browser's storage. Throws if storage is blocked.
 */
export function openStorage(open: () => Storage): PageStorage {
  const memory = new Map<string, string>();
  let browser: Storage | null = null;
  try {
    browser = open();
  } catch {
    // Blocked by a browser setting: use memory.
  }
  return {
    get lasting() {
      return browser !== null && memory.size === 0;
    },
    read(name) {
      try {
        return memory.get(name) ?? browser?.getItem(name) ?? null;
      } catch {
        return null;
      }
    },
    write(name, text) {
      try {
        if (browser !== null) {
          browser.setItem(name, text);
          memory.delete(name);
          return;
        }
      } catch {
        // Full, or blocked while the page was open: use memory.
      }
      memory.set(name, text);
    },
  };
}
