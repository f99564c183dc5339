import type { ConsoleRole } from "@qonto-pay/core/api";

/** Beyond this number, the oldest links are deleted. */
const MOST_LINKS = 50;

/** A link that signs one browser in to the console. Times are milliseconds since the epoch. */
export interface StoredSignInLink {
  readonly id: string;
  readonly role: ConsoleRole;
  readonly name: string;
  /** The secret key that created it, directly or through a session, and its last 4 characters. */
  readonly keyId: string;
  readonly keyEndsWith: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  role: ConsoleRole;
  name: string;
  key_id: string;
  key_ends_with: string;
  created_at: number;
  expires_at: number;
}

const COLUMNS = "id, role, name, key_id, key_ends_with, created_at, expires_at";

/** The sign-in links that were not used yet, as hashes of their tokens. */
export class SignInLinks {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @param hash SHA-256 of the token, in hex. */
  add(hash: string, link: StoredSignInLink): void {
    this.#sql.exec("DELETE FROM sign_in_links WHERE expires_at <= ?", link.createdAt);
    this.#sql.exec(
      `INSERT INTO sign_in_links (hash, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      hash,
      link.id,
      link.role,
      link.name,
      link.keyId,
      link.keyEndsWith,
      link.createdAt,
      link.expiresAt,
    );
    this.#sql.exec(
      `DELETE FROM sign_in_links WHERE id IN (
         SELECT id FROM sign_in_links ORDER BY created_at DESC, id LIMIT -1 OFFSET ${MOST_LINKS})`,
    );
  }

  /** Uses up a link. @returns null if none that is valid now has this hash. */
  take(hash: string, now: number): StoredSignInLink | null {
    const sql = `DELETE FROM sign_in_links WHERE hash = ? AND expires_at > ? RETURNING ${COLUMNS}`;
    const row = this.#sql.exec<Row>(sql, hash, now).toArray()[0];
    return row === undefined ? null : linkOf(row);
  }

  /** The latest first. */
  list(now: number): readonly StoredSignInLink[] {
    const sql = `SELECT ${COLUMNS} FROM sign_in_links WHERE expires_at > ? ORDER BY created_at DESC, id`;
    return this.#sql.exec<Row>(sql, now).toArray().map(linkOf);
  }

  /** @returns false if no unused link has this id. */
  remove(id: string): boolean {
    return this.#sql.exec("DELETE FROM sign_in_links WHERE id = ?", id).rowsWritten > 0;
  }

  /** Deletes the links that were created with a secret key. */
  removeOfKey(keyId: string): void {
    this.#sql.exec("DELETE FROM sign_in_links WHERE key_id = ?", keyId);
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM sign_in_links");
  }
}

function linkOf(row: Row): StoredSignInLink {
  const { id, role, name, key_id: keyId, key_ends_with: keyEndsWith } = row;
  return { id, role, name, keyId, keyEndsWith, createdAt: row.created_at, expiresAt: row.expires_at };
}
