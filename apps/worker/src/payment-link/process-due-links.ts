import { logDefect } from "../context/log.ts";
import { backoff } from "@qonto-pay/web/backoff";
import { QontoError } from "../qonto/qonto-error.ts";

/** In milliseconds. */
const RETRY = { shortest: 30_000, longest: 3_600_000 } as const;

/** A table of links at Qonto. Each row is due at its own time. */
interface LinkRows<Id> {
  recordFailure(id: Id, dueAt: number): void;
  postpone(id: Id, dueAt: number): void;
}

interface DueLink<Id> {
  readonly id: Id;
  /** Consecutive failures. */
  readonly failures: number;
}

/**
 * Processes due rows one after the other. A row that failed is due again after a backoff. While Qonto does not answer,
 * the rows after it wait as well, so that the alarm has time for its other jobs. Never throws.
 *
 * @param job names the work in the log.
 */
export async function processDueLinks<Id, Row extends DueLink<Id>>(
  rows: LinkRows<Id>,
  due: readonly Row[],
  job: string,
  process: (row: Row) => Promise<void>,
): Promise<void> {
  for (const [index, row] of due.entries()) {
    try {
      await process(row);
    } catch (error) {
      if (!(error instanceof QontoError)) logDefect(job, error);
      const isBusy = error instanceof QontoError && (error.kind === "unavailable" || error.kind === "rate_limited");
      // A call that was never sent has not failed.
      const isUnsent = isBusy && error.isUnsent;
      if (!isUnsent) rows.recordFailure(row.id, Date.now() + backoff(row.failures, RETRY));
      if (!isBusy) continue;
      for (const waiting of due.slice(isUnsent ? index : index + 1)) {
        rows.postpone(waiting.id, Date.now() + RETRY.shortest);
      }
      return;
    }
  }
}
