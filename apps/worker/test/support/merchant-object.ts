import { env, runDurableObjectAlarm } from "cloudflare:test";
import { vi } from "vitest";
import type { Env } from "../../src/env.ts";

/** The object of a merchant. */
export function merchantObject(name = "demo") {
  return (env as unknown as Env).MERCHANT.getByName(name);
}

/** Has the merchant's alarm ring as it would after this time. */
export async function ringAlarmAfter(milliseconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
  try {
    await runDurableObjectAlarm(merchantObject());
  } finally {
    vi.useRealTimers();
  }
}
