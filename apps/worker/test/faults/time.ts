import { vi } from "vitest";
import { control } from "../support/sandbox.ts";

/** From here on time runs as before, and can be made to jump. `vi.useRealTimers()` ends it. */
export function takeOverTime(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now(), shouldAdvanceTime: true });
}

/** Lets time pass, here and at Qonto. */
export async function jump(milliseconds: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: milliseconds / 1000 });
  vi.setSystemTime(Date.now() + milliseconds);
}
