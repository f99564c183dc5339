import { afterEach, describe, expect, it, vi } from "vitest";
import type { IncomingAnswer } from "../../src/qonto/outgoing-request.ts";
import { QontoError } from "../../src/qonto/qonto-error.ts";
import { type LimitRecord, type LimiterHost, RateLimiter } from "../../src/qonto/rate-limiter.ts";
import { eventually } from "../support/eventually.ts";

afterEach(() => {
  vi.useRealTimers();
});

const ANSWER: IncomingAnswer = { status: 200, body: "", date: null, retryAfter: null };

/** Answers in another task, as a network does. */
const answerSoon = (): Promise<IncomingAnswer> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(ANSWER), 1);
  });

function recordWith(part: Partial<LimitRecord>): LimitRecord {
  const own = { event: 100, server: 100, shopper: 100, upkeep: 100 };
  return { left: { own, common: 1_000 }, at: Date.now(), rejectedAt: [], ...part };
}

function limiterWith(host: Partial<LimiterHost>): RateLimiter {
  return new RateLimiter({ isProven: () => true, read: () => null, write: () => undefined, ...host });
}

describe("while calls are made one at a time, because the hour's answers of 401 are used up", () => {
  it("upkeep gets its turn among shoppers", async () => {
    const rejectedAt = Array.from({ length: 60 }, () => Date.now());
    const limiter = limiterWith({ read: () => recordWith({ rejectedAt }) });
    const made: string[] = [];
    const makeUntilUpkeep = async (): Promise<void> => {
      while (!made.includes("upkeep")) {
        await limiter.run("shopper", () => {
          made.push("shopper");
          return answerSoon();
        });
      }
    };
    const shoppers = Array.from({ length: 10 }, makeUntilUpkeep);
    const upkeep = limiter.run("upkeep", () => {
      made.push("upkeep");
      return answerSoon();
    });
    await Promise.all([upkeep, ...shoppers]);
    expect(made.indexOf("upkeep")).toBeLessThanOrEqual(2);
  });
});

describe("a limiter whose record can't be stored", () => {
  it("loses no place", async () => {
    const full = new Error("the storage is full");
    const limiter = limiterWith({
      isProven: () => false,
      write: () => {
        throw full;
      },
    });
    const failures: unknown[] = [];
    for (let call = 0; call < 160; call += 1) {
      await limiter.run("shopper", answerSoon).catch((error: unknown) => failures.push(error));
    }
    expect(failures).toEqual([full, full, full]);
  });
});

describe("a call that became obsolete while it waited", () => {
  it("uses nothing of Qonto's limits, also behind a call that did not", async () => {
    // Frozen, so that the budget grows only where the test says so.
    vi.useFakeTimers({ toFake: ["Date"] });
    const own = { event: 0, server: 0, shopper: 0, upkeep: 0 };
    const limiter = limiterWith({ read: () => recordWith({ left: { own, common: -1_000 } }) });
    let isOver = false;
    const waiting = [
      limiter.run("shopper", answerSoon),
      ...Array.from({ length: 5 }, () => limiter.run("shopper", answerSoon, () => isOver)),
      limiter.run("shopper", answerSoon),
    ];
    isOver = true;
    // Two calls of shoppers in 10 minutes.
    vi.setSystemTime(Date.now() + 2_700);
    expect(await Promise.all(waiting)).toEqual([ANSWER, null, null, null, null, null, ANSWER]);
  });
});

describe("a call that can't start in time", () => {
  it("is rejected at once if more wait before it than the limit of 10 minutes allows in time", async () => {
    const own = { event: 0, server: 0, shopper: 0, upkeep: 0 };
    const limiter = limiterWith({ read: () => recordWith({ left: { own, common: 0 } }) });
    const settled: string[] = [];
    const calls = Array.from({ length: 100 }, () =>
      limiter.run("shopper", answerSoon).then(
        () => settled.push("sent"),
        (fault: unknown) => settled.push(fault instanceof QontoError ? fault.kind : "defect"),
      ),
    );
    await Promise.all(calls);
    // 7.5 a second are allowed, of which the shares of the others are kept.
    expect(settled.indexOf("sent")).toBeGreaterThanOrEqual(60);
    expect(settled.filter((kind) => kind === "sent").length).toBeGreaterThan(10);
  });

  it("is rejected at once if too many wait before it", async () => {
    const limiter = limiterWith({});
    const rejected = vi.fn<(fault: unknown) => void>();
    const never = (): Promise<never> => new Promise(() => undefined);
    for (let call = 0; call < 700; call += 1) void limiter.run("shopper", never).catch(rejected);
    await eventually(() => expect(rejected.mock.calls.length).toBeGreaterThan(150));
    for (const [fault] of rejected.mock.calls.slice(0, 150)) {
      expect(fault).toBeInstanceOf(QontoError);
      expect(fault).toMatchObject({ kind: "rate_limited", isUnsent: true });
    }
  });
});
