import type { ConsoleRole, ConsoleSessionInfo } from "@qonto-pay/core/api";

/** Beyond this number, the sessions that were not used for the longest time end. */
const MOST_SESSIONS = 50;

/** A browser that is signed in to the console. Times are milliseconds since the epoch. */
export interface StoredSession {
  readonly id: string;
  readonly role: ConsoleRole;
  readonly via: ConsoleSessionInfo["signed_in_with"];
  /** The name of the sign-in link. */
  readonly name: string | null;
  /** The secret key of the sign-in, or the one with which its link was created, and its last 4 characters. */
  readonly keyId: string;
  readonly keyEndsWith: string;
  /** The sign-in. */
  readonly createdAt: number;
  readonly usedAt: number;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  role: ConsoleRole;
  via: StoredSession["via"];
  name: string | null;
  key_id: string;
  key_ends_with: string;
  created_at: number;
  used_at: number;
}

const COLUMNS = "id, role, via, name, key_id, key_ends_with, created_at, used_at";

/** The sessions of the console, as hashes of their cookies. The caller decides whether a session has expired. */
export class ConsoleSessions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @param hash SHA-256 of the cookie's value, in hex. */
  add(hash: string, session: StoredSession): void {
    this.#sql.exec(
      `INSERT INTO console_sessions (hash, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      hash,
      session.id,
      session.role,
      session.via,
      session.name,
      session.keyId,
      session.keyEndsWith,
      session.createdAt,
      session.usedAt,
    );
    this.#sql.exec(
      `DELETE FROM console_sessions WHERE id IN (
         SELECT id FROM console_sessions ORDER BY used_at DESC, id LIMIT -1 OFFSET ${MOST_SESSIONS})`,
    );
  }

  find(hash: string): StoredSession | null {
    const row = this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM console_sessions WHERE hash = ?`, hash).toArray()[0];
    return row === undefined ? null : sessionOf(row);
  }

  has(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM console_sessions WHERE id = ?", id).toArray().length > 0;
  }

  /** The latest sign-in first. */
  list(): readonly StoredSession[] {
    const sql = `SELECT ${COLUMNS} FROM console_sessions ORDER BY created_at DESC, id`;
    return this.#sql.exec<Row>(sql).toArray().map(sessionOf);
  }

  recordUse(id: string, usedAt: number): void {
    this.#sql.exec("UPDATE console_sessions SET used_at = ? WHERE id = ?", usedAt, id);
  }

  /** @returns false if no session has this id. */
  remove(id: string): boolean {
    return this.#sql.exec("DELETE FROM console_sessions WHERE id = ?", id).rowsWritten > 0;
  }

  removeByHash(hash: string): void {
    this.#sql.exec("DELETE FROM console_sessions WHERE hash = ?", hash);
  }

  /** Ends the sessions that were signed in with a secret key, or with a link that was created with it. */
  removeOfKey(keyId: string): void {
    this.#sql.exec("DELETE FROM console_sessions WHERE key_id = ?", keyId);
  }

  removeAll(): void {
    this.#sql.exec("DELETE FROM console_sessions");
  }

  /** Deletes the sessions that were signed in, or last used, before these times. */
  prune({ createdBefore, usedBefore }: { readonly createdBefore: number; readonly usedBefore: number }): void {
    this.#sql.exec("DELETE FROM console_sessions WHERE created_at <= ? OR used_at <= ?", createdBefore, usedBefore);
  }
}

function sessionOf(row: Row): StoredSession {
  const { id, role, via, name, key_id: keyId, key_ends_with: keyEndsWith } = row;
  return { id, role, via, name, keyId, keyEndsWith, createdAt: row.created_at, usedAt: row.used_at };
}
