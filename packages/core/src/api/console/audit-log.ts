import type { Page, PageQuery } from "../values/page.ts";

/** What an entry of the audit log records. */
export const AUDIT_ACTIONS = [
  "checkout.canceled",
  "checkout.created",
  "checkout.synced",
  "checkout.updated",
  "connect_link.created",
  "connection.created",
  "key.created",
  "key.revoked",
  "keys.replaced",
  "merchant.disconnected",
  "merchant.restored",
  "merchant.updated",
  "payment_link.created",
  "payment_link.deactivated",
  "personal_data.erased",
  "product.deleted",
  "product.saved",
  "repair.requested",
  "session.ended",
  "session.revoked",
  "session.started",
  "sign_in_link.created",
  "sign_in_link.deleted",
  "webhook_endpoint.created",
  "webhook_endpoint.deleted",
  "webhook_endpoint.replayed",
  "webhook_endpoint.secret_rotated",
  "webhook_endpoint.updated",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The caller of a recorded call. */
export interface AuditActor {
  readonly type: "session" | "secret_key" | "operator";
  /** Id of the session or of the key; null: the operator. */
  readonly id: string | null;
  /** The name of the session's sign-in link; null without one. */
  readonly name: string | null;
  /** The last 4 characters of the secret key, or of that of the session's sign-in; null: the operator. */
  readonly key_ends_with: string | null;
}

/** A call that changed something. */
export interface AuditEntry {
  readonly id: string;
  readonly action: AuditAction;
  readonly actor: AuditActor;
  /** Id of what was changed: a key, a product, a checkout, ...; null if there is no id. */
  readonly target: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

/** Query of `GET /v1/audit_log`. */
export type AuditLogQuery = PageQuery;

/** Response of `GET /v1/audit_log`, the latest first. */
export type AuditLogPage = Page<AuditEntry>;
