import type { AuditAction } from "@qonto-pay/core/api";
import { OPERATOR, recordCall } from "../console/audit-log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type AdminCall, adminIdempotencyKey } from "../idempotency/admin-call.ts";
import { updateMerchant } from "../accounts/update-merchant.ts";
import { createConnectLink } from "../accounts/create-connect-link.ts";
import { disconnectMerchant } from "../connection/disconnect-merchant.ts";
import { restoreRecords } from "../accounts/restore-merchant.ts";
import { replaceKeys } from "../accounts/keys.ts";
import { type Answered, runIdempotent } from "../idempotency/run-idempotent.ts";

/**
 * Operations on an existing merchant with the admin key. A key of this table is part of the stored request fingerprint:
 * it stays the same when its function is renamed.
 */
const ADMIN_OPERATIONS = {
  changeMerchant: updateMerchant,
  createConnectLink: (merchant: MerchantContext, _nothing: null) => createConnectLink(merchant),
  disconnectMerchant,
  replaceKeys,
  restoreRecords,
} satisfies Record<string, (merchant: MerchantContext, input: never, call: AdminCall) => unknown>;

/** How the audit log calls each operation. */
const ACTIONS: Readonly<Record<keyof typeof ADMIN_OPERATIONS, AuditAction>> = {
  changeMerchant: "merchant.updated",
  createConnectLink: "connect_link.created",
  disconnectMerchant: "merchant.disconnected",
  replaceKeys: "keys.replaced",
  restoreRecords: "merchant.restored",
};

export type AdminOperation = keyof typeof ADMIN_OPERATIONS;
export type AdminInput<Name extends AdminOperation> = Parameters<(typeof ADMIN_OPERATIONS)[Name]>[1];
export type AdminOutput<Name extends AdminOperation> = Awaited<ReturnType<(typeof ADMIN_OPERATIONS)[Name]>>;

/** The same table with a type that TypeScript can index by `Name`: each operation takes its own input. */
const OPERATIONS: {
  readonly [Name in AdminOperation]: (
    merchant: MerchantContext,
    input: AdminInput<Name>,
    call: AdminCall,
  ) => AdminOutput<Name> | Promise<AdminOutput<Name>>;
} = ADMIN_OPERATIONS;

/**
 * Runs an operation for the operator, whose admin key was verified. All operations are mutations, so each is idempotent
 * with its `Idempotency-Key`.
 *
 * @throws ApiError `idempotency_key_reused`, and the errors of the operation.
 */
export async function runAdminOperation<Name extends AdminOperation>(
  merchant: MerchantContext,
  name: Name,
  input: AdminInput<Name>,
  idempotencyKey: string,
): Promise<Answered<AdminOutput<Name>>> {
  const mutation = { idempotencyKey: adminIdempotencyKey(idempotencyKey), request: JSON.stringify([name, input]) };
  const run = async (attemptId: string): Promise<AdminOutput<Name>> => {
    const answer = await OPERATIONS[name](merchant, input, { attemptId });
    recordCall(merchant, { action: ACTIONS[name], actor: OPERATOR, answer });
    return answer;
  };
  return runIdempotent(merchant, mutation, run);
}
