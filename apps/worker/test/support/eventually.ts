import { vi } from "vitest";

/** So long is waited for what has to come. No promise of time: a busy machine makes everything longer. */
const PATIENCE_MS = 30_000;

/** Most of what is waited for takes some milliseconds. */
const INTERVAL_MS = 5;

/** Waits until a check holds. @returns what it returns. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: INTERVAL_MS });
}
