import { isMerchantName } from "@qonto-pay/core/api";
import type { Failure } from "../failure/failure.ts";
import { answerPage } from "../pages/layout.ts";
import { problemPage } from "../pages/problem-page.ts";
import { merchantOfState } from "./merchant-of-state.ts";
import type { RouteContext } from "./route-context.ts";

/** A failure as a page, with the way on to the merchant's next step. */
export async function answerProblem(
  { code, detail }: Failure,
  requestId: string,
  { config, params, query }: Pick<RouteContext, "config" | "params" | "query">,
): Promise<Response> {
  const named = params["merchant"] ?? merchantOfState(query) ?? "";
  const merchant = isMerchantName(named) ? named : null;
  const response = await answerPage(problemPage({ code, message: detail.message, requestId, merchant }), config);
  if (detail.retryAfter !== undefined) response.headers.set("Retry-After", String(detail.retryAfter));
  return response;
}
