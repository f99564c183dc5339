import type { FloodRecord } from "../storage/settings.ts";
import { Meter } from "./meter.ts";

/** A flood is suspected once this many more requests were challenged than solved within half a minute. */
const SUSPICIOUS = 30;
const WINDOW_MS = 30_000;

/** A solved challenge is suspicious too if there are many: a program can solve them. */
const SOLVED_COUNTS = 0.2;

/** A flood has ended once no request was challenged for this long. */
const ENDS_AFTER_MS = 10 * 60_000;

/**
 * A flood that begins within this time after the last one has to be quiet for twice as long, but no longer than this.
 * Otherwise, a program that pauses could cause events all day.
 */
const LONGEST_QUIET_MS = 6 * 60 * 60_000;

/** The time of the last challenge is stored this often. */
const STORED_EVERY_MS = 10_000;

/** What the watch needs of its merchant. */
export interface FloodHost {
  readonly read: () => FloodRecord | null;
  readonly write: (record: FloodRecord) => void;
  /** Called once for each flood. */
  readonly began: (record: FloodRecord) => void;
  readonly ended: (record: FloodRecord) => void;
}

/** Notices the beginning and the end of a flood of checkouts. Times are milliseconds since the epoch. */
export class FloodWatch {
  readonly #host: FloodHost;
  readonly #challenged = new Meter(WINDOW_MS);
  readonly #solved = new Meter(WINDOW_MS);
  /** Undefined: not read yet. */
  #record: FloodRecord | null | undefined;
  #storedAt = 0;

  constructor(host: FloodHost) {
    this.#host = host;
  }

  /** The present flood, else the last one; null: there was none. */
  get flood(): FloodRecord | null {
    return (this.#record ??= this.#host.read());
  }

  /** When the present flood ends, if nothing more happens; null: there is none. */
  get endsAt(): number | null {
    const { flood } = this;
    return flood === null || flood.endedAt !== null ? null : flood.lastAt + quietOf(flood);
  }

  /** Counts a request that must solve a challenge, or has solved one. */
  note(kind: "challenged" | "solved", now: number): void {
    (kind === "challenged" ? this.#challenged : this.#solved).add(now);
    const present = this.flood?.endedAt === null ? this.flood : null;
    if (present === null && !this.#isSuspicious(now)) return;
    const { startedAt, challenged, solved, quietMs } = present ?? {
      startedAt: now,
      challenged: 0,
      solved: 0,
      quietMs: this.#quietAfterLast(now),
    };
    const counted = {
      challenged: challenged + (kind === "challenged" ? 1 : 0),
      solved: solved + (kind === "solved" ? 1 : 0),
    };
    this.#record = { startedAt, lastAt: now, endedAt: null, ...counted, quietMs: quietMs ?? ENDS_AFTER_MS };
    if (present === null) this.#begin(this.#record, now);
    else if (Math.abs(now - this.#storedAt) >= STORED_EVERY_MS) this.#store(now);
  }

  /** Ends the present flood if it is over. Runs from the alarm. */
  endIfOver(now: number): void {
    const { flood, endsAt } = this;
    if (flood === null || endsAt === null) return;
    const isOver = endsAt <= now;
    if (isOver) this.#record = { ...flood, endedAt: now };
    this.#store(now);
    if (isOver && this.#record != null) this.#host.ended(this.#record);
  }

  #isSuspicious(now: number): boolean {
    const [challenged, solved] = [this.#challenged.read(now), this.#solved.read(now)];
    return challenged - solved + solved * SOLVED_COUNTS >= SUSPICIOUS;
  }

  /** Returns how long a flood that begins now has to be quiet before it ends. */
  #quietAfterLast(now: number): number {
    const last = this.flood;
    const isRepeated = last?.endedAt != null && now < last.endedAt + LONGEST_QUIET_MS;
    return isRepeated ? Math.min(2 * quietOf(last), LONGEST_QUIET_MS) : ENDS_AFTER_MS;
  }

  #begin(record: FloodRecord, now: number): void {
    this.#store(now);
    this.#host.began(record);
  }

  #store(now: number): void {
    this.#storedAt = now;
    if (this.#record != null) this.#host.write(this.#record);
  }
}

function quietOf({ quietMs = ENDS_AFTER_MS }: FloodRecord): number {
  return quietMs;
}
