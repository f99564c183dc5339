/** The little that this page asks of storage. */
export interface PageStorage {
  /** False when nothing outlives this page: the browser blocks storage, or it is full. */
  readonly lasting: boolean;
  read(name: string): string | null;
  write(name: string, text: string): void;
}

/**
 * Storage that never throws: what the browser refuses to keep is kept in memory, for as long as the page is open.
 *
 * @param open gets the browser's own storage; with storage blocked, already this throws
 */
export function openStorage(open: () => Storage): PageStorage {
  const memory = new Map<string, string>();
  let browser: Storage | null = null;
  try {
    browser = open();
  } catch {
    // Blocked by a setting of the browser: memory serves.
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
        // Full, or taken away while the page was open: memory serves.
      }
      memory.set(name, text);
    },
  };
}
