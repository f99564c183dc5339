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
