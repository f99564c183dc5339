import type { AuditAction, AuditActor, ChangeOwnMerchantRequest } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { cancelCheckout } from "../checkout/cancel-checkout.ts";
import { erasePerson } from "../checkout/erase-person.ts";
import { createCheckoutFromServer } from "../checkout/create-from-server.ts";
import { repair } from "../diagnostics/repair.ts";
import { runDiagnostics } from "../diagnostics/run-diagnostics.ts";
import { actorOfKey, actorOfSession, listAuditLog, recordCall } from "../console/audit-log.ts";
import { listConsoleSessions, revokeConsoleSession } from "../console/sessions.ts";
import { createSignInLink, deleteSignInLink, listSignInLinks } from "../console/sign-in-links.ts";
import { exportRecords } from "../accounts/export-merchant.ts";
import { createConnectLink } from "../accounts/create-connect-link.ts";
import { updateMerchant } from "../accounts/update-merchant.ts";
import { disconnectMerchant } from "../connection/disconnect-merchant.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import { createKey, listKeys, revokeKey } from "../accounts/keys.ts";
import { listProducts, readProduct, removeProduct, saveProduct, updateProduct } from "../catalog/products.ts";
import { listCheckoutPayments, listCheckouts } from "../checkout/list-checkouts.ts";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  listWebhookEndpoints,
  readWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from "../webhooks/webhook-endpoints.ts";
import { listEvents } from "../events/list-events.ts";
import { type Answered, runIdempotent } from "../idempotency/run-idempotent.ts";
import { createConnection, readConnectionAtQonto } from "../connection/provider-connection.ts";
import { readCheckout, syncCheckout } from "../checkout/get-checkout.ts";
import type { SessionRequirement } from "../console/authorize-session.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import { listDeliveries, replayDelivery, replaySince } from "../webhooks/deliveries.ts";
import {
  createPaymentLink,
  deactivatePaymentLink,
  listPaymentLinks,
  listPaymentMethods,
  listPayments,
  readPaymentLink,
} from "../checkout/payment-links.ts";
import { updateCheckout } from "../checkout/update-checkout.ts";

/** Operations that only read. */
const READS = {
  exportRecords,
  listCheckouts,
  readCheckout,
  listCheckoutPayments,
  listEvents,
  listKeys,
  listProducts,
  readProduct,
  listPaymentLinks,
  readPaymentLink,
  listPayments,
  listPaymentMethods,
  readConnection: readConnectionAtQonto,
  listWebhookEndpoints,
  readWebhookEndpoint,
  listDeliveries,
  runDiagnostics,
  listConsoleSessions,
  listSignInLinks,
  listAuditLog,
  readOwnMerchant: (merchant: MerchantContext, _nothing: null) => updateMerchant(merchant, {}),
} satisfies Record<string, (merchant: MerchantContext, input: never, call: ServerCall) => unknown>;

/**
 * Mutations, each idempotent with its `Idempotency-Key`. A key of this table is part of the stored request fingerprint:
 * it stays the same when its function is renamed, so that a call from before an update gets its answer after it.
 */
const MUTATIONS = {
  createServerCheckout: createCheckoutFromServer,
  updateCheckout,
  cancelCheckout,
  syncCheckout,
  createKey,
  revokeKey,
  saveProduct,
  updateProduct,
  removeProduct,
  createPaymentLink,
  deactivatePaymentLink,
  createConnection,
  repair,
  createWebhookEndpoint,
  updateWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  replayDelivery,
  replaySince,
  revokeConsoleSession,
  createSignInLink,
  deleteSignInLink,
  erasePerson,
  updateOwnMerchant: (merchant: MerchantContext, changes: ChangeOwnMerchantRequest) =>
    updateMerchant(merchant, changes),
  createOwnConnectLink: (merchant: MerchantContext, _nothing: null) => createConnectLink(merchant),
  disconnectOwnMerchant: disconnectMerchant,
} satisfies Record<string, (merchant: MerchantContext, input: never, call: ServerCall) => unknown>;

type Operations = typeof READS & typeof MUTATIONS;

/** Operations of a merchant's own server with a secret key, or of the console with a session. Each takes one input and answers JSON. */
export type ServerOperation = keyof Operations;
export type ServerInput<Name extends ServerOperation> = Parameters<Operations[Name]>[1];
export type ServerOutput<Name extends ServerOperation> = Awaited<ReturnType<Operations[Name]>>;

/** The same tables with types that TypeScript can index by `Name`: each operation takes its own input. */
const OPERATIONS: {
  readonly [Name in ServerOperation]: (
    merchant: MerchantContext,
    input: ServerInput<Name>,
    call: ServerCall,
  ) => ServerOutput<Name> | Promise<ServerOutput<Name>>;
} = { ...READS, ...MUTATIONS };

/**
 * Operations for which the console's session must be fresh: with their results, a thief could stay or divert data. What
 * `erasePerson` deletes can't be restored.
 */
const FRESH: ReadonlySet<ServerOperation> = new Set([
  "createKey",
  "revokeKey",
  "createConnection",
  "createWebhookEndpoint",
  "updateWebhookEndpoint",
  "deleteWebhookEndpoint",
  "rotateWebhookSecret",
  "createSignInLink",
  "erasePerson",
  "updateOwnMerchant",
  "createOwnConnectLink",
  "disconnectOwnMerchant",
]);

/** How the audit log calls each mutation. */
const ACTIONS: Readonly<Record<keyof typeof MUTATIONS, AuditAction>> = {
  createServerCheckout: "checkout.created",
  updateCheckout: "checkout.updated",
  cancelCheckout: "checkout.canceled",
  syncCheckout: "checkout.synced",
  createKey: "key.created",
  revokeKey: "key.revoked",
  saveProduct: "product.saved",
  updateProduct: "product.saved",
  removeProduct: "product.deleted",
  createPaymentLink: "payment_link.created",
  deactivatePaymentLink: "payment_link.deactivated",
  createConnection: "connection.created",
  repair: "repair.requested",
  createWebhookEndpoint: "webhook_endpoint.created",
  updateWebhookEndpoint: "webhook_endpoint.updated",
  deleteWebhookEndpoint: "webhook_endpoint.deleted",
  rotateWebhookSecret: "webhook_endpoint.secret_rotated",
  replayDelivery: "webhook_endpoint.replayed",
  replaySince: "webhook_endpoint.replayed",
  revokeConsoleSession: "session.revoked",
  createSignInLink: "sign_in_link.created",
  deleteSignInLink: "sign_in_link.deleted",
  erasePerson: "personal_data.erased",
  updateOwnMerchant: "merchant.updated",
  createOwnConnectLink: "connect_link.created",
  disconnectOwnMerchant: "merchant.disconnected",
};

/** Calls that are recorded even if a server makes them. All others would fill the log with a shop's daily work. */
const RECORDED_OF_SERVERS: ReadonlySet<ServerOperation> = new Set([
  ...FRESH,
  "revokeConsoleSession",
  "deleteSignInLink",
] as const);

/** Returns what an operation requires of the console's session. A secret key may do everything. */
export function requirementOf(name: ServerOperation): SessionRequirement {
  return { owner: name in MUTATIONS, fresh: FRESH.has(name) };
}

/** SHA-256 of a secret key, or of the cookie of the console, in hex. */
export type ServerCredential = { readonly keyHash: string } | { readonly sessionHash: string };

/** The authenticated caller: the secret key or the session is one of the merchant's. */
export interface ServerCaller {
  readonly keyId: string;
  readonly session: StoredSession | null;
  readonly idempotencyKey: string;
}

/** Runs an operation. @throws ApiError `idempotency_key_reused`, and the errors of the operation. */
export async function runServerOperation<Name extends ServerOperation>(
  merchant: MerchantContext,
  name: Name,
  input: ServerInput<Name>,
  { keyId, session, idempotencyKey }: ServerCaller,
): Promise<Answered<ServerOutput<Name>>> {
  const sessionId = session?.id ?? null;
  const run = async (attemptId: string): Promise<ServerOutput<Name>> =>
    OPERATIONS[name](merchant, input, { attemptId, keyId, sessionId });
  if (!(name in MUTATIONS)) return { answer: await run(""), isReplayed: false };
  // Before the call, which may revoke its own key.
  const actor = session === null ? keyActor(merchant, name, keyId) : actorOfSession(session);
  const runRecorded = async (attemptId: string): Promise<ServerOutput<Name>> => {
    const answer = await run(attemptId);
    if (actor !== null) recordCall(merchant, { action: ACTIONS[name as keyof typeof ACTIONS], actor, input, answer });
    return answer;
  };
  // Separate from the operator's keys: see `adminIdempotencyKey`.
  return runIdempotent(
    merchant,
    { idempotencyKey: `server:${idempotencyKey}`, request: JSON.stringify([name, input]) },
    runRecorded,
  );
}

/** Returns the key as an actor; null if the call is not recorded. */
function keyActor(merchant: MerchantContext, name: ServerOperation, keyId: string): AuditActor | null {
  return RECORDED_OF_SERVERS.has(name) ? actorOfKey(merchant, keyId) : null;
}
