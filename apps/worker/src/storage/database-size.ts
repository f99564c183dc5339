/** The limit of Cloudflare for the database of an object: https://developers.cloudflare.com/durable-objects/platform/limits/ */
export const CLOUDFLARE_LIMIT_BYTES = 10_000_000_000;

/** The percentages of the limit that are reported, each once. */
export const ALERT_PERCENTAGES = [80, 90, 95] as const;

/**
 * From this percentage of the limit on, no checkout is opened. The rest is reserved for the payments of open checkouts,
 * and for the events about them.
 */
export const RESERVED_FROM_PERCENT = 95;

/** The size of a merchant's database, and its limit. */
export class DatabaseSize {
  readonly #sql: SqlStorage;
  readonly limitBytes: number;

  constructor(sql: SqlStorage, limitBytes: number) {
    this.#sql = sql;
    this.limitBytes = limitBytes;
  }

  /** Measured now, without pages that deleted rows have left. */
  get usedBytes(): number {
    return this.#sql.databaseSize;
  }

  /** The used part of the limit. */
  get usedPercent(): number {
    return (100 * this.usedBytes) / this.limitBytes;
  }
}
