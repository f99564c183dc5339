/** One-time links to connect Qonto, as hashes of their tokens. Times are milliseconds since the epoch. */
export class ConnectLinks {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(hash: string, expiresAt: number, now: number): void {
    this.#sql.exec("DELETE FROM connect_links WHERE expires_at <= ?", now);
    this.#sql.exec("INSERT INTO connect_links (hash, expires_at) VALUES (?, ?)", hash, expiresAt);
  }

  /** Whether a link is still valid. Does not use it up. */
  has(hash: string, now: number): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM connect_links WHERE hash = ? AND expires_at > ?", hash, now).toArray().length > 0
    );
  }

  /** Uses up a link. @returns whether it was still valid. */
  take(hash: string, now: number): boolean {
    return this.#sql.exec("DELETE FROM connect_links WHERE hash = ? AND expires_at > ?", hash, now).rowsWritten > 0;
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM connect_links");
  }
}
