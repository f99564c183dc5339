import { expect, it } from "vitest";
import { CallPlaces } from "../../src/qonto/call-places.ts";
import { PRIORITIES, type Priority } from "../../src/qonto/priority.ts";

const PROVEN = { isProven: true, rejectionsLeft: 60 };
const UNPROVEN = { isProven: false, rejectionsLeft: 60 };

function placesAfter(latency: number): CallPlaces {
  const places = new CallPlaces();
  places.answeredAfter(latency);
  return places;
}

/** Starts as many calls as possible. @returns their number. */
function fill(places: CallPlaces, priority: Priority, trust = PROVEN): number {
  let started = 0;
  for (; places.isFree(priority, trust); started += 1) places.enter(priority);
  return started;
}

function fillWithAll(places: CallPlaces, trust = PROVEN): number {
  return PRIORITIES.reduce((sum, priority) => sum + fill(places, priority, trust), 0);
}

it("five calls are under way at most before one has succeeded with the present token", () => {
  expect(fill(new CallPlaces(), "shopper", UNPROVEN)).toBe(2);
  expect(fillWithAll(placesAfter(300), UNPROVEN)).toBe(5);
});

it.each([
  [5, 4],
  [100, 10],
  [300, 30],
  [2_000, 40],
])(
  "with answers after %i ms, %i common calls can be under way, and three of shoppers beside them",
  (latency, common) => {
    expect(fill(placesAfter(latency), "shopper")).toBe(common + 3);
  },
);

it("51 calls are under way at most, however slow Qonto is", () => {
  expect(fillWithAll(placesAfter(8_000))).toBe(51);
});

it("the mean latency follows the answers", () => {
  const places = placesAfter(10);
  for (let answer = 0; answer < 30; answer += 1) places.answeredAfter(300);
  expect(fill(places, "shopper")).toBeGreaterThan(30);
});

it.each(PRIORITIES)("calls of %s have places, however many others are under way", (priority) => {
  const places = placesAfter(300);
  for (const other of PRIORITIES) if (other !== priority) fill(places, other);
  expect(fill(places, priority)).toBeGreaterThanOrEqual(2);
});

it("upkeep leaves half of the common places to the others", () => {
  const places = placesAfter(300);
  expect(fill(places, "upkeep")).toBe(17);
  expect(fill(places, "shopper")).toBe(18);
});

it("no more calls are under way than answers of 401 are left, and each priority keeps one", () => {
  const places = placesAfter(300);
  expect(fill(places, "shopper", { isProven: true, rejectionsLeft: 10 })).toBe(7);
  for (const priority of ["event", "server", "upkeep"] as const) {
    expect(places.isFree(priority, { isProven: true, rejectionsLeft: 10 })).toBe(true);
  }
});

it("one call at a time is made when no answer of 401 is left", () => {
  for (const rejectionsLeft of [3, 1, 0, -5])
    expect(fillWithAll(placesAfter(300), { ...PROVEN, rejectionsLeft })).toBe(1);
});
