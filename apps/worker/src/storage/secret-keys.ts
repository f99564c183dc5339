/** The merchant's secret keys, as hashes: the keys themselves are stored nowhere. */
export class SecretKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @param hash SHA-256 of a key, in hex. */
  has(hash: string): boolean {
    return this.#sql.exec("SELECT 1 FROM secret_keys WHERE hash = ?", hash).toArray().length > 0;
  }

  /** @param hash SHA-256 of the key, in hex. @param now milliseconds of the epoch. */
  add(hash: string, now: number): void {
    this.#sql.exec("INSERT OR IGNORE INTO secret_keys (hash, created_at) VALUES (?, ?)", hash, now);
  }
}
