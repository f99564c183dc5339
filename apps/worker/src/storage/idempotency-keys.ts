import { MOST_PRUNED } from "./sql.ts";

/** How long a repeated call gets the answer of the first one. */
const KEEP_MS = 24 * 60 * 60 * 1000;

/** A call with an `Idempotency-Key`. */
export interface KnownCall {
  /** Digest of the request. The same key must send the same request. */
  readonly fingerprint: string;
  /** Identifies the attempt, even if the first call died half-way. */
  readonly attemptId: string;
  /** Null until there is an answer. Encrypted, because it may contain a secret that is returned only once. */
  readonly sealedAnswer: string | null;
}

interface Row extends Record<string, SqlStorageValue> {
  fingerprint: string;
  attempt_id: string;
  sealed_answer: string | null;
}

/** The `Idempotency-Key`s of the last 24 hours. Times are milliseconds since the epoch. */
export class IdempotencyKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(key: string, now: number): KnownCall | null {
    const sql = "SELECT fingerprint, attempt_id, sealed_answer FROM idempotency_keys WHERE key = ? AND created_at > ?";
    const row = this.#sql.exec<Row>(sql, key, now - KEEP_MS).toArray()[0];
    if (row === undefined) return null;
    return { fingerprint: row.fingerprint, attemptId: row.attempt_id, sealedAnswer: row.sealed_answer };
  }

  /** Records a call before it runs. */
  begin(key: string, fingerprint: string, attemptId: string, now: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO idempotency_keys (key, fingerprint, attempt_id, created_at) VALUES (?, ?, ?, ?)",
      key,
      fingerprint,
      attemptId,
      now,
    );
  }

  recordAnswer(key: string, sealedAnswer: string): void {
    this.#sql.exec("UPDATE idempotency_keys SET sealed_answer = ? WHERE key = ?", sealedAnswer, key);
  }

  /** Deletes expired keys, `MOST_PRUNED` at most. @returns whether more may be left. */
  prune(now: number): boolean {
    const deleted = this.#sql.exec(
      `DELETE FROM idempotency_keys WHERE key IN (
         SELECT key FROM idempotency_keys WHERE created_at <= ? LIMIT ${MOST_PRUNED}) RETURNING key`,
      now - KEEP_MS,
    );
    return deleted.toArray().length === MOST_PRUNED;
  }
}
