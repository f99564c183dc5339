import type { AuditAction, AuditActor } from "@qonto-pay/core/api";

/** Older entries are deleted. */
const MOST_ENTRIES = 2_000;

/** A recorded call. Times are milliseconds since the epoch. */
export interface StoredAuditEntry {
  readonly id: string;
  readonly action: AuditAction;
  readonly actor: AuditActor;
  readonly target: string | null;
  readonly createdAt: number;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  action: AuditAction;
  actor: string;
  target: string | null;
  created_at: number;
}

/** The calls that changed something, in order: no bodies, and no secrets. */
export class AuditLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ id, action, actor, target, createdAt }: StoredAuditEntry): void {
    const { number } = this.#sql
      .exec<{ number: number }>(
        "INSERT INTO audit_log (id, action, actor, target, created_at) VALUES (?, ?, ?, ?, ?) RETURNING number",
        id,
        action,
        JSON.stringify(actor),
        target,
        createdAt,
      )
      .one();
    this.#sql.exec("DELETE FROM audit_log WHERE number <= ?", number - MOST_ENTRIES);
  }

  /** Returns the entries before an entry, the latest first; null if there is no such entry. */
  list(after: string | undefined, limit: number): readonly StoredAuditEntry[] | null {
    const before = after === undefined ? Number.MAX_SAFE_INTEGER : this.#numberOf(after);
    if (before === null) return null;
    return this.#sql
      .exec<Row>(
        "SELECT id, action, actor, target, created_at FROM audit_log WHERE number < ? ORDER BY number DESC LIMIT ?",
        before,
        limit,
      )
      .toArray()
      .map(({ actor, created_at: createdAt, ...row }) => ({
        ...row,
        actor: JSON.parse(actor) as AuditActor,
        createdAt,
      }));
  }

  #numberOf(id: string): number | null {
    const rows = this.#sql.exec<{ number: number }>("SELECT number FROM audit_log WHERE id = ?", id).toArray();
    return rows[0]?.number ?? null;
  }
}
