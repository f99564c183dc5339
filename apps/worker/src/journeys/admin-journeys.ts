import type { Merchant } from "../merchant/merchant.ts";
import { changeMerchant } from "./change-merchant.ts";
import { createConnectLink } from "./create-connect-link.ts";
import { disconnectMerchant } from "./disconnect-merchant.ts";
import { replaceKeys } from "./keep-keys.ts";

/** What whoever runs the Worker may have done to a merchant that exists, by admin key. */
const ADMIN_JOURNEYS = {
  changeMerchant,
  createConnectLink: (merchant: Merchant, _nothing: null) => createConnectLink(merchant),
  disconnectMerchant,
  replaceKeys: (merchant: Merchant, _nothing: null) => replaceKeys(merchant),
} satisfies Record<string, (merchant: Merchant, input: never) => unknown>;

export type AdminJourney = keyof typeof ADMIN_JOURNEYS;
export type AdminInput<Name extends AdminJourney> = Parameters<(typeof ADMIN_JOURNEYS)[Name]>[1];
export type AdminOutput<Name extends AdminJourney> = Awaited<ReturnType<(typeof ADMIN_JOURNEYS)[Name]>>;

/** Runs a journey for whoever was found to hold the admin key. */
export async function runAdminJourney<Name extends AdminJourney>(
  merchant: Merchant,
  name: Name,
  input: AdminInput<Name>,
): Promise<AdminOutput<Name>> {
  const journey = ADMIN_JOURNEYS[name] as (
    merchant: Merchant,
    input: AdminInput<Name>,
  ) => AdminOutput<Name> | Promise<AdminOutput<Name>>;
  return journey(merchant, input);
}
