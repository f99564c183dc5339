import { isMerchantName } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import { callMerchant } from "../call-merchant.ts";
import { answerJson } from "../http/answer.ts";
import { seedRequestSchema } from "../seed.schema.ts";
import { isSameSecret } from "../security/same-secret.ts";
import { checkedJson } from "./checked-json.ts";
import type { RouteContext } from "./route-context.ts";

/** `PUT /_local/merchants/{merchant}` by the admin key, where Qonto is the sandbox on this very machine. */
export async function putLocalMerchant(request: Request, { env, config, params }: RouteContext): Promise<Response> {
  const merchant = params["merchant"] ?? "";
  if (!config.isLocal || !isMerchantName(merchant)) throw new Failure("not_found");
  const given = request.headers.get("Authorization") ?? "";
  if (!(await isSameSecret(given, `Bearer ${config.adminKey}`))) throw new Failure("invalid_key");
  const seed = await checkedJson(seedRequestSchema, request);
  await callMerchant(env, config, merchant, (object) => object.seed(seed));
  return answerJson({ merchant, key: `pk_${config.environment}_${merchant}` });
}
