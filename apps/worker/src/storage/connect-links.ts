/** One-time links where a merchant connects Qonto, as hashes of their tokens. Times are milliseconds of the epoch. */
export class ConnectLinks {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(hash: string, expiresAt: number, now: number): void {
    this.#sql.exec("DELETE FROM connect_links WHERE expires_at <= ?", now);
    this.#sql.exec("INSERT INTO connect_links (hash, expires_at) VALUES (?, ?)", hash, expiresAt);
  }

  /** Whether a link could still be used. Asking does not use it up. */
  has(hash: string, now: number): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM connect_links WHERE hash = ? AND expires_at > ?", hash, now).toArray().length > 0
    );
  }

  /** Uses a link up. @returns whether it could still be used. */
  take(hash: string, now: number): boolean {
    return this.#sql.exec("DELETE FROM connect_links WHERE hash = ? AND expires_at > ?", hash, now).rowsWritten > 0;
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM connect_links");
  }
}
