import { isMerchantName } from "@qonto-pay/core/api";
import type { AdminInput, AdminOperation, AdminOutput } from "../../api/admin-api.ts";
import { ApiError } from "../../errors/api-error.ts";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import { listMerchant } from "../../deployment-object/stub-of-deployment.ts";
import { answerOfCall, idempotencyKeyOf } from "./idempotency-key.ts";
import { RequestInput } from "./request-input.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * Runs an operation on the merchant in the path, for the operator whose admin key the router has checked.
 *
 * @param readInput reads the input of the operation. Parts that it does not read are rejected.
 * @throws ApiError `merchant_not_found`, and those of `readInput` and the operation.
 */
export async function callAsAdmin<Name extends AdminOperation>(
  request: Request,
  context: RouteContext,
  operation: Name,
  readInput: (sent: RequestInput) => AdminInput<Name> | Promise<AdminInput<Name>>,
): Promise<AdminOutput<Name>> {
  const { env, config, params, query } = context;
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new ApiError("merchant_not_found");
  // As with a secret key: a call without an `Idempotency-Key` gets one, so that the call to the object can be repeated.
  const idempotencyKey = idempotencyKeyOf(request) ?? crypto.randomUUID();
  const sent = new RequestInput(request, query);
  const input = await readInput(sent);
  await sent.requireNothingElse();
  const answered = await callMerchant(env, config, merchant, (object) =>
    object.administer(operation, input, idempotencyKey),
  );
  // Merchants from before the list existed appear in it with the operator's next call.
  await listMerchant(env, config, merchant);
  return answerOfCall(request, context, answered);
}
