import { parsePublishableKey } from "@qonto-pay/core/api";
import { productIdSchema } from "@qonto-pay/core/api.schema";
import type { ApiError } from "../../errors/api-error.ts";
import { answerPage, type Page } from "../../pages/layout.ts";
import { askedAnewBy, refusedPayPage } from "../../pages/refused-pay-page.ts";
import { shopperProblemPage } from "../../pages/shopper-problem-page.ts";
import { type Language, languageOf } from "../../pages/texts/language.ts";
import type { ProblemContext } from "../route.ts";
import { type Asked, requestedSale, readAsked } from "./requested-sale.ts";
import { RefusedForm } from "./rejected-form.ts";

/** A failure as a page for who wanted to pay, with the way on to what they wanted to pay, and to nothing else. */
export async function shopperProblemResponse(
  request: Request,
  failure: ApiError,
  requestId: string,
  context: ProblemContext,
): Promise<Response> {
  const language = languageOf(request.headers.get("Accept-Language"));
  const page = await pageOf(failure, requestId, context, language);
  const response = await answerPage(page, context.config);
  const { retryAfter } = failure.detail;
  if (retryAfter !== undefined) response.headers.set("Retry-After", String(retryAfter));
  return response;
}

/** Where the shopper can mend it or has to agree, what they asked for stands in the page itself. */
async function pageOf(
  failure: ApiError,
  requestId: string,
  context: ProblemContext,
  language: Language,
): Promise<Page> {
  const { code } = failure;
  const problem = askedAnewBy(code);
  if (failure instanceof RefusedForm && problem !== undefined) {
    const asked = await askedAgain(failure, context);
    if (asked !== null) return refusedPayPage(asked, { code, requestId, problem }, language);
  }
  return shopperProblemPage({ code, requestId, wayOn: wayOnOf(failure, context) }, language);
}

/** Null where it can't be bought like that, or can't be read just now. */
async function askedAgain({ asked }: RefusedForm, context: ProblemContext): Promise<Asked | null> {
  try {
    return await readAsked(asked, context);
  } catch {
    // Whatever it was: the problem that is told here is told all the same.
    return null;
  }
}

/**
 * The address that was asked for, by GET; of a form, the page for what it asked for. Made of parts that were checked or
 * are written as a query, so that it leads nowhere else.
 */
function wayOnOf(failure: ApiError, { params, query }: ProblemContext): string | null {
  const { key = "", product, id } = params;
  if (id !== undefined) {
    const token = query.get("token");
    return token === null ? null : `?${new URLSearchParams({ token }).toString()}`;
  }
  const isWhole = parsePublishableKey(key) !== null && productIdSchema.safeParse({ id: product }).success;
  if (!isWhole) return null;
  const asked = failure instanceof RefusedForm ? failure.asked : query.has("confirm") ? requestedSale(query) : null;
  if (asked === null) return `/pay/${key}/${product}`;
  return `/pay/${key}/${product}?${new URLSearchParams([["confirm", "1"], ...asked]).toString()}`;
}
