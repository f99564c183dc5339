import type { Merchant } from "../context/merchant-context.ts";
import { type AdminCall, adminIdempotencyKey } from "../idempotency/admin-call.ts";
import { changeMerchant } from "../accounts/update-merchant.ts";
import { createConnectLink } from "../accounts/create-connect-link.ts";
import { disconnectMerchant } from "../connection/disconnect-merchant.ts";
import { replaceKeys } from "../accounts/keys.ts";
import { type Answered, once } from "../idempotency/run-idempotent.ts";

/** What whoever runs the Worker may have done to a merchant that exists, by admin key. */
const ADMIN_JOURNEYS = {
  changeMerchant,
  createConnectLink: (merchant: Merchant, _nothing: null) => createConnectLink(merchant),
  disconnectMerchant,
  replaceKeys,
} satisfies Record<string, (merchant: Merchant, input: never, call: AdminCall) => unknown>;

export type AdminJourney = keyof typeof ADMIN_JOURNEYS;
export type AdminInput<Name extends AdminJourney> = Parameters<(typeof ADMIN_JOURNEYS)[Name]>[1];
export type AdminOutput<Name extends AdminJourney> = Awaited<ReturnType<(typeof ADMIN_JOURNEYS)[Name]>>;

/**
 * Runs a journey for whoever was found to hold the admin key: once for each `Idempotency-Key`, as all of them change
 * something.
 *
 * @throws Failure `idempotency_key_reused`, and those of the journey.
 */
export async function runAdminJourney<Name extends AdminJourney>(
  merchant: Merchant,
  name: Name,
  input: AdminInput<Name>,
  idempotencyKey: string,
): Promise<Answered<AdminOutput<Name>>> {
  const journey = ADMIN_JOURNEYS[name] as (
    merchant: Merchant,
    input: AdminInput<Name>,
    call: AdminCall,
  ) => AdminOutput<Name> | Promise<AdminOutput<Name>>;
  const mutation = { idempotencyKey: adminIdempotencyKey(idempotencyKey), intent: JSON.stringify([name, input]) };
  const run = async (attemptId: string): Promise<AdminOutput<Name>> => journey(merchant, input, { attemptId });
  return once(merchant, mutation, run);
}
