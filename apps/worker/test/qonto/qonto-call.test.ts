import { afterEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { type CallPath, QontoCaller, type TokenSource } from "../../src/qonto/qonto-call.ts";
import { QontoClock } from "../../src/qonto/qonto-clock.ts";
import { QontoError } from "../../src/qonto/qonto-error.ts";

afterEach(() => {
  vi.useRealTimers();
});

const READ = {
  operation: "getPaymentLink",
  method: "GET",
  path: "/v2/payment_links/1",
  priority: "server",
  answer: z.unknown(),
} as const;

const TOKEN: TokenSource = {
  current: () => Promise.resolve({ accessToken: "token", authorization: 0 }),
  refuse: () => undefined,
  refuseOperation: () => undefined,
  accept: () => undefined,
  trust: () => undefined,
  isUnproven: false,
  isSuspended: false,
  isOperationPaused: () => false,
  isRefused: () => false,
  replace: () => Promise.resolve(),
};

function callerWith(path: Pick<CallPath, "rateLimiter" | "send">): QontoCaller {
  const observer = { clock: new QontoClock(), beforeRequest: () => undefined, failed: () => undefined };
  return new QontoCaller({ apiUrl: new URL("https://qonto.example"), stagingToken: null }, TOKEN, {
    ...path,
    observer,
  });
}

it("a read that the rate limiter rejected is not repeated, since its caller has waited", async () => {
  const fault = new QontoError("rate_limited", "no room", { retryAfter: 1, isUnsent: true });
  const run = vi.fn(() => Promise.reject(fault));
  const caller = callerWith({ rateLimiter: { run }, send: () => Promise.resolve(null) });
  await expect(caller.call(READ)).rejects.toBe(fault);
  expect(run).toHaveBeenCalledTimes(1);
});

it("a clock that was set back while a call waited does not extend its time limit", async () => {
  const send = vi.fn(() => Promise.resolve({ status: 200, body: "{}", date: null, retryAfter: null }));
  const rateLimiter: CallPath["rateLimiter"] = {
    run: (_priority, call) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 86_400_000 });
      return call();
    },
  };
  await callerWith({ rateLimiter, send }).call(READ);
  expect(send).toHaveBeenCalledWith(expect.anything(), 8_000);
});
