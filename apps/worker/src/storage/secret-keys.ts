import type { SecretKeyInfo } from "@qonto-pay/core/api";

export interface NewSecretKey {
  readonly id: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  /** Its last 4 characters. */
  readonly endsWith: string;
  /** The key that verifies offers signed with the secret key, encrypted. The secret key can't be derived from it. */
  readonly sealedOfferKey: string;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  ends_with: string;
  created_at: number;
}

/**
 * The merchant's secret keys, as hashes. The key itself is stored only in the answer that returned it, encrypted and
 * for 24 hours (`idempotency-keys.ts`), because that answer may have been lost.
 */
export class SecretKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Returns the id of the key with this hash; null if the merchant has no such key. */
  findByHash(hash: string): string | null {
    const row = this.#sql.exec<{ id: string }>("SELECT id FROM secret_keys WHERE hash = ?", hash).toArray()[0];
    return row?.id ?? null;
  }

  /** @param now milliseconds since the epoch. */
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

  /** Returns the offer keys of all active keys. */
  sealedOfferKeys(): readonly string[] {
    return this.#sql
      .exec<{ sealed: string }>(
        "SELECT sealed_offer_key AS sealed FROM secret_keys WHERE sealed_offer_key IS NOT NULL ORDER BY created_at",
      )
      .toArray()
      .map((row) => row.sealed);
  }

  /** Replaces an encrypted offer key by the same one, encrypted again. */
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

  /** @returns false if no key has this id. */
  remove(id: string): boolean {
    return this.#sql.exec("DELETE FROM secret_keys WHERE id = ?", id).rowsWritten > 0;
  }
}
