import type { Merchant } from "../context/merchant-context.ts";
import { cancelCheckout } from "../checkout/cancel-checkout.ts";
import { createServerCheckout } from "../checkout/create-from-server.ts";
import { examineMerchant } from "../diagnostics/run-diagnostics.ts";
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
import { type Answered, once } from "../idempotency/run-idempotent.ts";
import { createConnection, readConnectionAtQonto } from "../connection/provider-connection.ts";
import { readCheckout, syncCheckout } from "../checkout/get-checkout.ts";
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

/** What only reads. */
const READS = {
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
  examineMerchant,
} satisfies Record<string, (merchant: Merchant, input: never) => unknown>;

/** What changes something: carried out once for each `Idempotency-Key`. */
const MUTATIONS = {
  createServerCheckout,
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
  createWebhookEndpoint,
  updateWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  replayDelivery,
  replaySince,
} satisfies Record<string, (merchant: Merchant, input: never, call: ServerCall) => unknown>;

const JOURNEYS = { ...READS, ...MUTATIONS };

/** What a merchant's own server may have done, by secret key. Each takes one input and answers JSON. */
export type ServerJourney = keyof typeof JOURNEYS;
export type ServerInput<Name extends ServerJourney> = Parameters<(typeof JOURNEYS)[Name]>[1];
export type ServerOutput<Name extends ServerJourney> = Awaited<ReturnType<(typeof JOURNEYS)[Name]>>;

/** Who calls, once the secret key was found to be one of the merchant's. */
export interface ServerCaller {
  readonly keyId: string;
  readonly idempotencyKey: string;
}

/** @throws Failure `idempotency_key_reused`, and those of the journey. */
export async function runServerJourney<Name extends ServerJourney>(
  merchant: Merchant,
  name: Name,
  input: ServerInput<Name>,
  { keyId, idempotencyKey }: ServerCaller,
): Promise<Answered<ServerOutput<Name>>> {
  const journey = JOURNEYS[name] as (
    merchant: Merchant,
    input: ServerInput<Name>,
    call: ServerCall,
  ) => ServerOutput<Name> | Promise<ServerOutput<Name>>;
  const run = async (attemptId: string): Promise<ServerOutput<Name>> => journey(merchant, input, { attemptId, keyId });
  if (!(name in MUTATIONS)) return { answer: await run(""), isReplayed: false };
  // Separate from the operator's keys: see `adminIdempotencyKey`.
  return once(merchant, { idempotencyKey: `server:${idempotencyKey}`, intent: JSON.stringify([name, input]) }, run);
}
