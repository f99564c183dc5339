import type { ServerInput, ServerOperation, ServerOutput } from "../../api/server-api.ts";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import { answerOfCall, idempotencyKeyOf } from "./idempotency-key.ts";
import { merchantOfSecretKey } from "./authenticate-key.ts";
import { RequestInput } from "./request-input.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * Runs an operation for the merchant whose secret key the request carries.
 *
 * @param readInput reads the input of the operation, once the key has the right form. Parts that it does not read are
 * rejected.
 * @throws ApiError `invalid_key`, `key_environment_mismatch`, and those of `readInput` and the operation.
 */
export async function callAsServer<Name extends ServerOperation>(
  request: Request,
  context: RouteContext,
  journey: Name,
  readInput: (input: RequestInput) => ServerInput<Name> | Promise<ServerInput<Name>>,
): Promise<ServerOutput<Name>> {
  const { env, config, query } = context;
  const { merchant, keyHash } = await merchantOfSecretKey(request, config);
  // A call without an `Idempotency-Key` gets one, so that the call to the object can be repeated.
  const idempotencyKey = idempotencyKeyOf(request) ?? crypto.randomUUID();
  const sent = new RequestInput(request, query);
  const input = await readInput(sent);
  await sent.requireNothingElse();
  const answered = await callMerchant(env, config, merchant, (object) =>
    object.serve(keyHash, journey, input, idempotencyKey),
  );
  return answerOfCall(request, context, answered);
}
