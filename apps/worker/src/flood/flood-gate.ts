import type { Pass } from "../crypto/challenge.ts";
import { ApiError } from "../errors/api-error.ts";
import { Allowance } from "./allowance.ts";
import type { FloodWatch } from "./flood-watch.ts";
import { Meter } from "./meter.ts";

/** What the Worker knows about the sender of a shopper's request. */
export interface Visit {
  /** False for a visitor of this machine, who has no limits. */
  readonly isCounted: boolean;
  /** A verified proof for this attempt; null: none. */
  readonly pass: Pass | null;
}

const WINDOW_S = 10;

/** Iterations for each counter. A browser tries 256 counters on average. */
const EASIEST = 500;
const HARDEST = 8_000;

/** Iterations that each solved challenge a second adds: solving many makes the next ones more expensive. */
const FOR_A_SOLUTION = 250;

/** This many challenged requests count as much as one solution. */
const CHALLENGED_PER_SOLUTION = 20;

/** Waiting costs a program nothing, so few passes are admitted: this many a second, and this many at once. */
const WAITED_PER_SECOND = 1;
const WAITED_BURST = 10;

/**
 * A pass is valid for this many creations of its attempt's link, of which all but the last one failed: Qonto's failure
 * is no reason for a shopper to solve another challenge.
 */
const MOST_USES = 3;

interface UsedPass {
  /** Milliseconds since the epoch. */
  readonly until: number;
  uses: number;
}

/** Decides whether a page may open one more checkout. Kept in memory, because each click needs the decision. */
export class FloodGate {
  readonly watch: FloodWatch;
  readonly allowance: Allowance;
  readonly #challenged = new Meter(WINDOW_S * 1000);
  readonly #solved = new Meter(WINDOW_S * 1000);
  readonly #waited = new Meter((WAITED_BURST / WAITED_PER_SECOND) * 1000);
  /** The used passes, in the order of their first use. A pass is bound to an attempt, and so to one checkout. */
  readonly #used = new Map<string, UsedPass>();

  /** @param readPaidShare returns the paid share of the merchant's checkouts, from 0 to 1. */
  constructor(watch: FloodWatch, readPaidShare: () => number) {
    this.watch = watch;
    this.allowance = new Allowance(readPaidShare);
  }

  /**
   * Admits a new checkout. Call only for an attempt that has no link yet.
   *
   * @throws ApiError `challenge_required` with the difficulty.
   */
  admit({ isCounted, pass }: Visit): void {
    if (!isCounted) return;
    const now = Date.now();
    const use = pass === null ? "used_up" : this.#use(pass, now);
    if (use === "admitted") {
      this.#solved.add(now);
      this.#note("solved", now);
      return;
    }
    if (this.allowance.take(now)) return;
    this.#challenged.add(now);
    this.#note("challenged", now);
    const detail = { difficulty: this.#difficulty(now) };
    throw new ApiError("challenge_required", use === "no_room" ? { ...detail, isPassUnused: true } : detail);
  }

  #use({ kind, id, expiresAt }: Pass, now: number): "admitted" | "no_room" | "used_up" {
    const known = this.#used.get(id);
    if (known !== undefined) {
      if (known.uses >= MOST_USES) return "used_up";
      known.uses += 1;
      return "admitted";
    }
    if (kind === "waited" && this.#waited.read(now) >= WAITED_BURST) return "no_room";
    if (kind === "waited") this.#waited.add(now);
    for (const [used, { until }] of this.#used) {
      if (until > now) break;
      this.#used.delete(used);
    }
    this.#used.set(id, { until: expiresAt, uses: 1 });
    return "admitted";
  }

  #difficulty(now: number): number {
    const perSecond = (this.#solved.read(now) + this.#challenged.read(now) / CHALLENGED_PER_SOLUTION) / WINDOW_S;
    return Math.round(Math.min(HARDEST, Math.max(EASIEST, FOR_A_SOLUTION * (1 + perSecond))));
  }

  #note(kind: "challenged" | "solved", now: number): void {
    // Called later, because the caller may be within a transaction that an error rolls back.
    void Promise.resolve().then(() => this.watch.note(kind, now));
  }
}
