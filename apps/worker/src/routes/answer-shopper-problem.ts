import { parsePublishableKey } from "@qonto-pay/core/api";
import { productIdSchema } from "@qonto-pay/core/api.schema";
import type { Failure } from "../failure/failure.ts";
import { answerPage } from "../pages/layout.ts";
import { shopperProblemPage } from "../pages/shopper-problem-page.ts";
import { languageOf } from "../pages/texts/language.ts";
import type { ProblemContext } from "./answer-problem.ts";

/** A failure as a page for who wanted to pay, with the way on to what they wanted to pay. */
export async function answerShopperProblem(
  request: Request,
  { code, detail }: Failure,
  requestId: string,
  context: ProblemContext,
): Promise<Response> {
  const language = languageOf(request.headers.get("Accept-Language"));
  const page = shopperProblemPage({ code, requestId, wayOn: wayOnOf(context) }, language);
  const response = await answerPage(page, context.config);
  if (detail.retryAfter !== undefined) response.headers.set("Retry-After", String(detail.retryAfter));
  return response;
}

/** The address that was asked for, by GET. Made of parts that were checked, so that it leads nowhere else. */
function wayOnOf({ params, query }: ProblemContext): string | null {
  const { key = "", product, id } = params;
  if (id !== undefined) {
    const token = query.get("token");
    return token === null ? null : `?${new URLSearchParams({ token }).toString()}`;
  }
  const isWhole = parsePublishableKey(key) !== null && productIdSchema.safeParse({ id: product }).success;
  return isWhole ? `/pay/${key}/${product}` : null;
}
