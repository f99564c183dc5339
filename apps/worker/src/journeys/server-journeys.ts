import type { Merchant } from "../merchant/merchant.ts";
import { cancelCheckout } from "./cancel-checkout.ts";
import { createServerCheckout } from "./create-server-checkout.ts";
import { examineMerchant } from "./examine-merchant.ts";
import { createKey, listKeys, revokeKey } from "./keep-keys.ts";
import { listProducts, readProduct, removeProduct, saveProduct, updateProduct } from "./keep-product.ts";
import { listCheckoutPayments, listCheckouts } from "./list-checkouts.ts";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  listWebhookEndpoints,
  readWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from "./keep-webhook-endpoint.ts";
import { listEvents } from "./list-events.ts";
import { type Answered, once } from "./once.ts";
import { createConnection, readConnectionAtQonto } from "./provider-connection.ts";
import { readCheckout, syncCheckout } from "./read-checkout.ts";
import type { ServerCall } from "./server-call.ts";
import { listDeliveries, replayDelivery, replaySince } from "./serve-deliveries.ts";
import {
  createPaymentLink,
  deactivatePaymentLink,
  listPaymentLinks,
  listPaymentMethods,
  listPayments,
  readPaymentLink,
} from "./serve-payment-links.ts";
import { updateCheckout } from "./update-checkout.ts";

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
