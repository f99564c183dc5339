import { DurableObject } from "cloudflare:workers";
import type { MerchantPage, MerchantsQuery } from "@qonto-pay/core/api";
import type { Env } from "../context/env.ts";
import { pageOf } from "../context/list-page.ts";
import { IDLE_LIFE_MS, WHOLE_LIFE_MS } from "./operator-lifetime.ts";

/** Beyond this number, the oldest sessions end. */
const MOST_SESSIONS = 20;

/** A session of the operator. Times are milliseconds since the epoch. */
export interface OperatorSessionTimes {
  readonly createdAt: number;
  readonly endsAt: number;
}

/**
 * The one Durable Object of the deployment. It lists the merchants by name, because no list of Durable Objects exists,
 * and holds the operator's sessions. No payment depends on it.
 */
export class DeploymentObject extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
CREATE TABLE IF NOT EXISTS merchants (name TEXT PRIMARY KEY, listed_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS operator_sessions (
  hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
`);
  }

  /** Adds a merchant to the list. Idempotent. */
  async listMerchant(name: string): Promise<void> {
    this.#sql.exec("INSERT OR IGNORE INTO merchants (name, listed_at) VALUES (?, ?)", name, Date.now());
  }

  /** Returns the merchants after a name, by name. */
  async merchantsAfter({ after = "", limit = 100 }: MerchantsQuery): Promise<MerchantPage> {
    const rows = this.#sql
      .exec<{ name: string; listed_at: number }>(
        "SELECT name, listed_at FROM merchants WHERE name > ? ORDER BY name LIMIT ?",
        after,
        limit + 1,
      )
      .toArray();
    const found = rows.map((row) => ({ merchant: row.name, listed_at: new Date(row.listed_at).toISOString() }));
    return pageOf(found, limit);
  }

  /** Starts a session, and ends the one that the browser had before. @param hash SHA-256 of its cookie, in hex. */
  async signIn(hash: string, previousHash: string | null): Promise<OperatorSessionTimes> {
    const now = Date.now();
    const expired = "DELETE FROM operator_sessions WHERE created_at <= ? OR used_at <= ? OR hash = ?";
    this.#sql.exec(expired, now - WHOLE_LIFE_MS, now - IDLE_LIFE_MS, previousHash);
    this.#sql.exec(
      "INSERT OR IGNORE INTO operator_sessions (hash, created_at, used_at) VALUES (?, ?, ?)",
      hash,
      now,
      now,
    );
    this.#sql.exec(
      `DELETE FROM operator_sessions WHERE hash IN (
         SELECT hash FROM operator_sessions ORDER BY created_at DESC, hash LIMIT -1 OFFSET ${MOST_SESSIONS})`,
    );
    return { createdAt: now, endsAt: now + IDLE_LIFE_MS };
  }

  /** Returns a session, and records its use; null if it has ended. */
  async useSession(hash: string): Promise<OperatorSessionTimes | null> {
    const now = Date.now();
    const row = this.#sql
      .exec<{ created_at: number }>(
        "UPDATE operator_sessions SET used_at = ? WHERE hash = ? AND created_at > ? AND used_at > ? RETURNING created_at",
        now,
        hash,
        now - WHOLE_LIFE_MS,
        now - IDLE_LIFE_MS,
      )
      .toArray()[0];
    if (row === undefined) return null;
    return { createdAt: row.created_at, endsAt: Math.min(row.created_at + WHOLE_LIFE_MS, now + IDLE_LIFE_MS) };
  }

  /** Ends a session. An unknown one has ended already. */
  async signOut(hash: string): Promise<void> {
    this.#sql.exec("DELETE FROM operator_sessions WHERE hash = ?", hash);
  }
}
