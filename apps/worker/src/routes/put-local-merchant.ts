import { isMerchantName } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import { callMerchant } from "../call-merchant.ts";
import { answerJson } from "../http/answer.ts";
import { seedRequestSchema } from "../seed.schema.ts";
import { checkedJson } from "./checked-json.ts";
import { requireAdmin } from "./require-admin.ts";
import type { RouteContext } from "./route-context.ts";

/** `PUT /_local/merchants/{merchant}` by the admin key, where Qonto is the sandbox on this very machine. */
export async function putLocalMerchant(request: Request, { env, config, params }: RouteContext): Promise<Response> {
  const merchant = params["merchant"] ?? "";
  if (!config.isLocal || !isMerchantName(merchant)) throw new Failure("not_found");
  await requireAdmin(request, config);
  const seed = await checkedJson(seedRequestSchema, request);
  await callMerchant(env, config, merchant, (object) => object.seed(seed));
  return answerJson({ merchant, key: `pk_${config.environment}_${merchant}` });
}
