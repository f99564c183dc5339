import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AddressPace, type Sharer } from "../../src/qonto/address-pace.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_700_000_000_000 });
  vi.advanceTimersByTime(10_000);
});
afterEach(() => {
  vi.useRealTimers();
});

function newSharer(): Sharer {
  return { wantedAt: 0, sentAt: 0 };
}

/** Lets merchants send as many calls as they may in this time. @returns the number of calls of each. */
function sendFor(milliseconds: number, pace: AddressPace, sharers: readonly Sharer[]): readonly number[] {
  const sent = sharers.map(() => 0);
  for (let passed = 0; passed < milliseconds; passed += 10) {
    for (const [index, sharer] of sharers.entries()) {
      if (pace.waitFor(sharer) > 0) continue;
      sharer.sentAt = performance.now();
      sent[index] = (sent[index] ?? 0) + 1;
    }
    vi.advanceTimersByTime(10);
  }
  return sent;
}

it("a 429 stops every merchant for as long as Qonto states", () => {
  const pace = new AddressPace();
  const [limited, other] = [newSharer(), newSharer()];
  expect(pace.waitFor(other)).toBe(0);
  pace.limited(7, performance.now());
  expect([pace.waitFor(limited), pace.waitFor(other)]).toEqual([7_000, 7_000]);
});

it("after a pause, every merchant gets the same share of a rate that grows to the documented one", () => {
  const pace = new AddressPace();
  const sharers = [newSharer(), newSharer(), newSharer()];
  pace.limited(undefined, performance.now());
  expect(sendFor(1_000, pace, sharers)).toEqual([0, 0, 0]);
  const first = sendFor(1_000, pace, sharers);
  expect(Math.max(...first) - Math.min(...first)).toBeLessThanOrEqual(1);
  const firstSum = first.reduce((sum, calls) => sum + calls);
  expect(firstSum).toBeGreaterThan(5);
  expect(firstSum).toBeLessThan(25);
  const second = sendFor(1_000, pace, sharers);
  expect(Math.max(...second) - Math.min(...second)).toBeLessThanOrEqual(2);
  expect(second.reduce((sum, calls) => sum + calls)).toBeGreaterThan(firstSum);
  sendFor(2_000, pace, sharers);
  expect(sharers.map((sharer) => pace.waitFor(sharer))).toEqual([0, 0, 0]);
});

it("a merchant without calls gets no share", () => {
  const pace = new AddressPace();
  const [busy, idle] = [newSharer(), newSharer()];
  pace.limited(undefined, performance.now());
  pace.waitFor(idle);
  const [alone = 0] = sendFor(3_000, pace, [busy]);
  expect(alone).toBeGreaterThan(20);
});

it("the pauses double while the first call after each is answered 429, and many answers to one burst count once", () => {
  const pace = new AddressPace();
  const sharer = newSharer();
  const pauses: number[] = [];
  for (let time = 0; time < 8; time += 1) {
    const sentAt = performance.now();
    vi.advanceTimersByTime(50);
    for (let answer = 0; answer < 30; answer += 1) pace.limited(undefined, sentAt);
    const pause = pace.waitFor(sharer);
    pauses.push(pause);
    vi.advanceTimersByTime(pause + 1);
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

it("many merchants share the first rate, and none waits longer than that rate lasts", () => {
  const pace = new AddressPace();
  const merchants = Array.from({ length: 100 }, () => ({ ...newSharer(), looksAt: 0 }));
  pace.limited(1, performance.now());
  const sentAfter: number[] = [];
  const waits: number[] = [];
  for (let passed = 0; passed < 4_400; passed += 1) {
    // As the rate limiter does, each merchant checks again at the time at which it may send.
    for (const merchant of merchants.filter(({ looksAt }) => looksAt <= passed)) {
      const wait = pace.waitFor(merchant);
      waits.push(wait);
      merchant.looksAt = passed + Math.max(1, wait);
      if (wait > 0) continue;
      merchant.sentAt = performance.now();
      sentAfter.push(passed);
    }
    vi.advanceTimersByTime(1);
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual(3_400);
  expect(Math.min(...sentAfter)).toBeGreaterThanOrEqual(1_000);
  expect(sentAfter.filter((time) => time < 2_000).length).toBeLessThanOrEqual(20);
  expect(merchants.filter(({ sentAt }) => sentAt === 0)).toEqual([]);
});

it("a clock that was set back does not extend a pause", () => {
  const pace = new AddressPace();
  const sharer = newSharer();
  pace.limited(60, performance.now());
  expect(pace.waitFor(sharer)).toBe(60_000);
  vi.setSystemTime(Date.now() - 86_400_000);
  expect(pace.waitFor(sharer)).toBe(0);
  sharer.sentAt = performance.now() + 86_400_000;
  pace.limited(1, performance.now());
  vi.advanceTimersByTime(1_001);
  expect(pace.waitFor(sharer)).toBeLessThanOrEqual(100);
});
