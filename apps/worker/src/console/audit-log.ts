import type { AuditAction, AuditActor, AuditEntry, AuditLogPage, AuditLogQuery } from "@qonto-pay/core/api";
import { pageOf, unknownAfter } from "../context/list-page.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { randomId } from "../crypto/random-id.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import type { StoredAuditEntry } from "../storage/audit-log.ts";

/** A call to record. */
export interface AuditedCall {
  readonly action: AuditAction;
  readonly actor: AuditActor;
  /** The input and the answer of the call: the `id` of one of them is the target. */
  readonly input?: unknown;
  readonly answer?: unknown;
}

export const OPERATOR: AuditActor = { type: "operator", id: null, name: null, key_ends_with: null };

/** Returns a session of the console as an actor. */
export function actorOfSession({ id, name, keyEndsWith }: StoredSession): AuditActor {
  return { type: "session", id, name, key_ends_with: keyEndsWith };
}

/** Returns a secret key as an actor. It may have been revoked meanwhile. */
export function actorOfKey({ secretKeys }: MerchantContext, keyId: string): AuditActor {
  const endsWith = secretKeys.list().find(({ id }) => id === keyId)?.ends_with ?? null;
  return { type: "secret_key", id: keyId, name: null, key_ends_with: endsWith };
}

/** Records a call that changed something. Call it synchronously with the end of the call. */
export function recordCall({ auditLog }: MerchantContext, { action, actor, input, answer }: AuditedCall): void {
  const target = idOf(input) ?? idOf(answer);
  auditLog.add({ id: randomId("aud"), action, actor, target, createdAt: Date.now() });
}

/** Lists the recorded calls, the latest first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listAuditLog({ auditLog }: MerchantContext, { after, limit = 100 }: AuditLogQuery): AuditLogPage {
  const found = auditLog.list(after, limit + 1);
  if (found === null) throw unknownAfter("There is no entry with this id, or it was deleted.");
  return pageOf(found.map(entryOf), limit);
}

function entryOf({ id, action, actor, target, createdAt }: StoredAuditEntry): AuditEntry {
  return { id, action, actor, target, created_at: new Date(createdAt).toISOString() };
}

function idOf(value: unknown): string | null {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id : null;
}
