import type { DiagnosticsErrorCause } from "@qonto-pay/core/api";

/** An error of calls to Qonto, with its number of occurrences. Times are milliseconds since the epoch. */
export interface KnownFault {
  readonly operation: string;
  /** Our own text, not Qonto's. */
  readonly message: string;
  readonly cause: DiagnosticsErrorCause | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

type FaultRow = Pick<KnownFault, "operation" | "message" | "cause" | "count"> & {
  readonly first_at: number;
  readonly last_at: number;
};

/** More different errors would not help a reader. */
const MOST_KEPT = 10;

/** The latest errors of calls to Qonto. A repeated error is one row. */
export class QontoErrors {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores an error, and deletes the oldest ones beyond the limit. */
  record({ operation, message, cause }: Pick<KnownFault, "operation" | "message" | "cause">, now: number): void {
    this.#sql.exec(
      `INSERT INTO qonto_errors (operation, message, cause, first_at, last_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (operation, message) DO UPDATE SET count = count + 1, last_at = excluded.last_at`,
      operation,
      message,
      cause,
      now,
      now,
    );
    this.#sql.exec(
      `DELETE FROM qonto_errors WHERE (operation, message) NOT IN
         (SELECT operation, message FROM qonto_errors ORDER BY last_at DESC, operation, message LIMIT ?)`,
      MOST_KEPT,
    );
  }

  /** Returns the errors, newest first. */
  list(): readonly KnownFault[] {
    return this.#sql
      .exec<FaultRow>(
        "SELECT operation, message, cause, count, first_at, last_at FROM qonto_errors ORDER BY last_at DESC, operation, message",
      )
      .toArray()
      .map(({ first_at: firstAt, last_at: lastAt, ...fault }) => ({ ...fault, firstAt, lastAt }));
  }
}
