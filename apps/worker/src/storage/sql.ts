/** The part of the database that a table uses. */
export type Sql = Pick<SqlStorage, "exec">;

/** The highest number that is counted for people: counting further would cost more than it is worth. */
export const MOST_COUNTED = 10_000;

/** Rows that a job deletes from a table at a time, so that no call waits for long. */
export const MOST_PRUNED = 500;

/** The tables that hold due times, by the names of their classes in the merchant's context. */
export type DueTable =
  | "announcedLinks"
  | "checkouts"
  | "deliveries"
  | "linkReservations"
  | "settings"
  | "webhookEndpoints";

/** Records which tables with due times were written. */
export class TrackedTables {
  readonly #sql: SqlStorage;
  readonly #written = new Set<DueTable>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Returns the database for a table. */
  of(table: DueTable): Sql {
    return {
      exec: <Row extends Record<string, SqlStorageValue>>(statement: string, ...values: readonly SqlStorageValue[]) => {
        const cursor = this.#sql.exec<Row>(statement, ...values);
        if (cursor.rowsWritten > 0) this.#written.add(table);
        return cursor;
      },
    };
  }

  /** Whether a table was written since the last `takeWritten`. */
  isWritten(table: DueTable): boolean {
    return this.#written.has(table);
  }

  /** Returns the tables that were written since the last call. */
  takeWritten(): ReadonlySet<DueTable> {
    const written = new Set(this.#written);
    this.#written.clear();
    return written;
  }
}
