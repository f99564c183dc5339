import type { Merchant } from "../merchant/merchant.ts";
import { createServerCheckout } from "./create-server-checkout.ts";
import { readProduct, saveProduct } from "./keep-product.ts";
import { listEvents } from "./list-events.ts";
import { createConnection, readConnectionAtQonto } from "./provider-connection.ts";
import { readCheckout, syncCheckout } from "./read-checkout.ts";
import {
  createPaymentLink,
  deactivatePaymentLink,
  listPaymentLinks,
  listPaymentMethods,
  listPayments,
  readPaymentLink,
} from "./serve-payment-links.ts";

/** What a merchant's own server may have done, by secret key. Each takes one input and answers JSON. */
const SERVER_JOURNEYS = {
  createServerCheckout,
  readCheckout,
  syncCheckout,
  listEvents,
  readProduct,
  saveProduct,
  createPaymentLink,
  listPaymentLinks,
  readPaymentLink,
  listPayments,
  deactivatePaymentLink,
  listPaymentMethods,
  readConnection: readConnectionAtQonto,
  createConnection,
} satisfies Record<string, (merchant: Merchant, input: never) => unknown>;

export type ServerJourney = keyof typeof SERVER_JOURNEYS;
export type ServerInput<Name extends ServerJourney> = Parameters<(typeof SERVER_JOURNEYS)[Name]>[1];
export type ServerOutput<Name extends ServerJourney> = Awaited<ReturnType<(typeof SERVER_JOURNEYS)[Name]>>;

/** Runs a journey whose secret key was found to be one of the merchant's. */
export async function runServerJourney<Name extends ServerJourney>(
  merchant: Merchant,
  name: Name,
  input: ServerInput<Name>,
): Promise<ServerOutput<Name>> {
  const journey = SERVER_JOURNEYS[name] as (
    merchant: Merchant,
    input: ServerInput<Name>,
  ) => ServerOutput<Name> | Promise<ServerOutput<Name>>;
  return journey(merchant, input);
}
