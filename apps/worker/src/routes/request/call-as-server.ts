import type { ServerCredential, ServerInput, ServerOperation, ServerOutput } from "../../api/server-api.ts";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import { answerOfCall, idempotencyKeyOf } from "./idempotency-key.ts";
import type { Config } from "../../context/config.ts";
import { isFromConsole, requireSession } from "./authenticate-console.ts";
import { merchantOfSecretKey } from "./authenticate-key.ts";
import { knownSenders } from "./known-senders.ts";
import { RequestInput } from "./request-input.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * Runs an operation for the merchant whose secret key the request carries, or whose console sends it.
 *
 * @param readInput reads the input of the operation, once the credential has the right form. Parts that it does not read are
 * rejected.
 * @throws ApiError `invalid_key`, `key_environment_mismatch`, `rate_limited`; from the console `origin_not_allowed`,
 *   `invalid_console_session`, `owner_required`, `fresh_sign_in_required`; and those of `readInput` and the operation.
 */
export async function callAsServer<Name extends ServerOperation>(
  request: Request,
  context: RouteContext,
  journey: Name,
  readInput: (input: RequestInput) => ServerInput<Name> | Promise<ServerInput<Name>>,
): Promise<ServerOutput<Name>> {
  const { env, config, query } = context;
  const { merchant, credential } = await credentialOf(request, config);
  const sender = "keyHash" in credential ? credential.keyHash : credential.sessionHash;
  await knownSenders.admit(sender, request, context);
  // A call without an `Idempotency-Key` gets one, so that the call to the object can be repeated.
  const idempotencyKey = idempotencyKeyOf(request) ?? crypto.randomUUID();
  const sent = new RequestInput(request, query);
  const input = await readInput(sent);
  await sent.requireNothingElse();
  const answered = await knownSenders.noteResult(sender, () =>
    callMerchant(env, config, merchant, (object) => object.serve(credential, journey, input, idempotencyKey)),
  );
  return answerOfCall(request, context, answered);
}

async function credentialOf(
  request: Request,
  config: Config,
): Promise<{ readonly merchant: string; readonly credential: ServerCredential }> {
  if (isFromConsole(request)) {
    const { merchant, hash } = await requireSession(request, config);
    return { merchant, credential: { sessionHash: hash } };
  }
  const { merchant, keyHash } = await merchantOfSecretKey(request, config);
  return { merchant, credential: { keyHash } };
}
