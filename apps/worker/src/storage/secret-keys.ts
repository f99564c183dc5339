import type { SecretKeyInfo } from "@qonto-pay/core/api";

export interface NewSecretKey {
  readonly id: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  /** Its last 4 characters. */
  readonly endsWith: string;
  /** What checks the offers that were signed with it: derived from it, so that it can't be turned into it. */
  readonly sealedOfferKey: string;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  ends_with: string;
  created_at: number;
}

/**
 * The merchant's secret keys, as hashes. A key itself is stored nowhere but, sealed and for 24 hours, in the answer that
 * told it (`idempotency-keys.ts`), which may have been lost.
 */
export class SecretKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The id of the key with this hash; null: it is none of the merchant's. */
  findByHash(hash: string): string | null {
    const row = this.#sql.exec<{ id: string }>("SELECT id FROM secret_keys WHERE hash = ?", hash).toArray()[0];
    return row?.id ?? null;
  }

  /** @param now milliseconds of the epoch. */
  add({ id, hash, endsWith, sealedOfferKey }: NewSecretKey, now: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO secret_keys (hash, id, ends_with, sealed_offer_key, created_at) VALUES (?, ?, ?, ?, ?)",
      hash,
      id,
      endsWith,
      sealedOfferKey,
      now,
    );
  }

  /** Of every key that is active. */
  sealedOfferKeys(): readonly string[] {
    return this.#sql
      .exec<{ sealed: string }>(
        "SELECT sealed_offer_key AS sealed FROM secret_keys WHERE sealed_offer_key IS NOT NULL ORDER BY created_at",
      )
      .toArray()
      .map((row) => row.sealed);
  }

  /** The same offer key, sealed anew. */
  replaceOfferKey(sealed: string, resealed: string): void {
    this.#sql.exec("UPDATE secret_keys SET sealed_offer_key = ? WHERE sealed_offer_key = ?", resealed, sealed);
  }

  /** Oldest first. */
  list(): readonly SecretKeyInfo[] {
    return this.#sql
      .exec<Row>("SELECT id, ends_with, created_at FROM secret_keys ORDER BY created_at, id")
      .toArray()
      .map((row) => ({
        id: row.id,
        ends_with: row.ends_with,
        created_at: new Date(row.created_at).toISOString(),
      }));
  }

  /** @returns false where there was none of this id. */
  remove(id: string): boolean {
    return this.#sql.exec("DELETE FROM secret_keys WHERE id = ?", id).rowsWritten > 0;
  }
}
