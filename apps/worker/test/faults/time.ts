import { vi } from "vitest";
import { control } from "../support/sandbox.ts";

/** Fakes time: it runs as before, and `jump` advances it. `vi.useRealTimers()` ends it. */
export function takeOverTime(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now(), shouldAdvanceTime: true });
}

/** Advances time, here and at Qonto. */
export async function jump(milliseconds: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: milliseconds / 1000 });
  vi.setSystemTime(Date.now() + milliseconds);
}
