import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { notFound } from "./api-error.ts";
import { pageOf } from "./page.ts";

/** Handles `GET /v2/organization`, whose answer includes the bank accounts. */
export function getOrganization(world: World): Answer {
  const { membership_id: _notPartOfIt, ...organization } = world.store.state.organization;
  return json(200, { organization });
}

/** Handles `GET /v2/bank_accounts`, with pagination. */
export function listBankAccounts(world: World, call: Call): Answer {
  const { records, meta } = pageOf(call, world.store.state.organization.bank_accounts);
  return json(200, { bank_accounts: records, meta });
}

/** Handles `GET /v2/bank_accounts/{id}`. */
export function getBankAccount(world: World, call: Call): Answer {
  const bank_account = world.store.state.organization.bank_accounts.find(({ id }) => id === call.params["id"]);
  if (bank_account === undefined) throw notFound("Bank account not found");
  return json(200, { bank_account });
}
