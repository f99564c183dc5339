import { describe, expect, it } from "vitest";
import { type StatusSubscriber, StatusSubscribers } from "../../src/context/status-subscribers.ts";

/** The most streams of one merchant, and of one checkout. */
const MOST = 2_000;
const MOST_OF_ONE = 5;

class Stream implements StatusSubscriber {
  readonly #leave: () => void;
  state: "open" | "evicted" = "open";

  constructor(subscribers: StatusSubscribers, checkoutId: string) {
    this.#leave = () => subscribers.remove(checkoutId, this);
    subscribers.add(checkoutId, this);
  }

  send(): void {}

  end(): void {
    this.#leave();
  }

  evict(): void {
    this.state = "evicted";
    this.end();
  }
}

function states(streams: readonly Stream[]): readonly string[] {
  return streams.map(({ state }) => state);
}

describe("the streams of a merchant", () => {
  it("are limited in number over all checkouts: a further one evicts the oldest", () => {
    const subscribers = new StatusSubscribers();
    const streams = Array.from({ length: MOST + 3 }, (_, number) => new Stream(subscribers, `co_${number}`));
    expect(states(streams.slice(0, 4))).toEqual(["evicted", "evicted", "evicted", "open"]);
    expect(streams.filter(({ state }) => state === "open")).toHaveLength(MOST);
  });

  it("that have ended make room", () => {
    const subscribers = new StatusSubscribers();
    const streams = Array.from({ length: MOST }, (_, number) => new Stream(subscribers, `co_${number}`));
    streams[7]?.end();
    const last = new Stream(subscribers, "co_last");
    expect(states([...streams, last])).not.toContain("evicted");
  });

  it("of one checkout evict only each other", () => {
    const subscribers = new StatusSubscribers();
    const other = new Stream(subscribers, "co_other");
    const streams = Array.from({ length: MOST_OF_ONE + 1 }, () => new Stream(subscribers, "co_1"));
    expect(states([other, ...streams])).toEqual(["open", "evicted", ...streams.slice(1).map(() => "open")]);
  });
});
