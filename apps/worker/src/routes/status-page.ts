import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import { answerPage } from "../pages/layout.ts";
import { statusPage } from "../pages/status-page.ts";
import { languageOf } from "../pages/texts/language.ts";
import { StatusTokens } from "../crypto/status-token.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /checkouts/{id}?token=`: how a payment stands, as a page. */
export async function getStatusPage(request: Request, { env, config, params, query }: RouteContext): Promise<Response> {
  const id = params["id"] ?? "";
  const merchant = await new StatusTokens(config.vaultKeys).verify(query.get("token") ?? "", id);
  if (merchant === null) throw new ApiError("checkout_not_found");
  const progress = await callMerchant(env, config, merchant, (object) => object.readProgress(id));
  const language = languageOf(progress.locale ?? request.headers.get("Accept-Language"));
  return answerPage(statusPage(progress, language, Date.now()), config);
}
