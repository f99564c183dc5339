import type { MerchantContext } from "../context/merchant-context.ts";
import { type AdminCall, adminIdempotencyKey } from "../idempotency/admin-call.ts";
import { updateMerchant } from "../accounts/update-merchant.ts";
import { createConnectLink } from "../accounts/create-connect-link.ts";
import { disconnectMerchant } from "../connection/disconnect-merchant.ts";
import { replaceKeys } from "../accounts/keys.ts";
import { type Answered, runIdempotent } from "../idempotency/run-idempotent.ts";

/** What whoever runs the Worker may have done to a merchant that exists, by admin key. */
const ADMIN_JOURNEYS = {
  updateMerchant,
  createConnectLink: (merchant: MerchantContext, _nothing: null) => createConnectLink(merchant),
  disconnectMerchant,
  replaceKeys,
} satisfies Record<string, (merchant: MerchantContext, input: never, call: AdminCall) => unknown>;

export type AdminOperation = keyof typeof ADMIN_JOURNEYS;
export type AdminInput<Name extends AdminOperation> = Parameters<(typeof ADMIN_JOURNEYS)[Name]>[1];
export type AdminOutput<Name extends AdminOperation> = Awaited<ReturnType<(typeof ADMIN_JOURNEYS)[Name]>>;

/**
 * Runs a journey for whoever was found to hold the admin key: once for each `Idempotency-Key`, as all of them change
 * something.
 *
 * @throws ApiError `idempotency_key_reused`, and those of the journey.
 */
export async function runAdminOperation<Name extends AdminOperation>(
  merchant: MerchantContext,
  name: Name,
  input: AdminInput<Name>,
  idempotencyKey: string,
): Promise<Answered<AdminOutput<Name>>> {
  const journey = ADMIN_JOURNEYS[name] as (
    merchant: MerchantContext,
    input: AdminInput<Name>,
    call: AdminCall,
  ) => AdminOutput<Name> | Promise<AdminOutput<Name>>;
  const mutation = { idempotencyKey: adminIdempotencyKey(idempotencyKey), request: JSON.stringify([name, input]) };
  const run = async (attemptId: string): Promise<AdminOutput<Name>> => journey(merchant, input, { attemptId });
  return runIdempotent(merchant, mutation, run);
}
