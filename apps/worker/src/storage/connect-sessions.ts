/** The browsers that may connect the merchant, as hashes of their cookies. Times are milliseconds since the epoch. */
export class ConnectSessions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Starts the session of a browser, or extends it. */
  add(hash: string, expiresAt: number, now: number): void {
    this.#sql.exec("DELETE FROM connect_sessions WHERE expires_at <= ?", now);
    this.#sql.exec("INSERT OR REPLACE INTO connect_sessions (hash, expires_at) VALUES (?, ?)", hash, expiresAt);
  }

  has(hash: string, now: number): boolean {
    const found = this.#sql.exec("SELECT 1 FROM connect_sessions WHERE hash = ? AND expires_at > ?", hash, now);
    return found.toArray().length > 0;
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM connect_sessions");
  }
}
