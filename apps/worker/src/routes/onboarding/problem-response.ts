import { isMerchantName } from "@qonto-pay/core/api";
import type { ApiError } from "../../errors/api-error.ts";
import { answerPage } from "../../pages/layout.ts";
import { problemPage } from "../../pages/problem-page.ts";
import { merchantOfState } from "./oauth-state.ts";
import type { ProblemContext } from "../route.ts";

/** Returns an error as a page for a merchant who connects Qonto, with a link to the next step. */
export async function problemResponse(
  _request: Request,
  { code, detail }: ApiError,
  requestId: string,
  { config, params, query }: ProblemContext,
): Promise<Response> {
  const named = params["merchant"] ?? merchantOfState(query) ?? "";
  const merchant = isMerchantName(named) ? named : null;
  const response = await answerPage(problemPage({ code, message: detail.message, requestId, merchant }), config);
  if (detail.retryAfter !== undefined) response.headers.set("Retry-After", String(detail.retryAfter));
  return response;
}
