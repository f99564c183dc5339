import { vi } from "vitest";

/** The longest wait, not the expected one: everything takes longer on a busy machine. */
const PATIENCE_MS = 30_000;

/** Most conditions hold after some milliseconds. */
const INTERVAL_MS = 5;

/** Waits until a check does not throw. @returns its result. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: INTERVAL_MS });
}
