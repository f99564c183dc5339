import { parsePublishableKey } from "@qonto-pay/core/api";
import { productIdSchema } from "@qonto-pay/core/api.schema";
import { WAIT_MS } from "../../crypto/challenge.ts";
import type { ApiError } from "../../errors/api-error.ts";
import { challengePage } from "../../pages/challenge-page.ts";
import { answerPage, type Page } from "../../pages/layout.ts";
import { askedAnewBy, refusedPayPage } from "../../pages/refused-pay-page.ts";
import { shopperProblemPage } from "../../pages/shopper-problem-page.ts";
import { type Language, languageOf } from "../../pages/texts/language.ts";
import type { ProblemContext } from "../route.ts";
import { type Asked, requestedSale, readAsked } from "./requested-sale.ts";
import { RefusedForm } from "./rejected-form.ts";

/** Returns an error as a page for the shopper, with a link to their purchase and to no other. */
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

/** If the shopper can correct the form or must agree, the page contains the form for the same purchase. */
async function pageOf(
  failure: ApiError,
  requestId: string,
  context: ProblemContext,
  language: Language,
): Promise<Page> {
  const { code, detail } = failure;
  const { challenge, waitPass } = detail;
  if (failure instanceof RefusedForm && challenge !== undefined && waitPass !== undefined) {
    const action = `/pay/${context.params["key"]}/${context.params["product"]}`;
    const waitSeconds = WAIT_MS / 1000;
    return challengePage({ action, fields: failure.form, challenge, waitPass, waitSeconds, requestId }, language);
  }
  const problem = askedAnewBy(code);
  if (failure instanceof RefusedForm && problem !== undefined) {
    const asked = await askedAgain(failure, context);
    if (asked !== null) return refusedPayPage(asked, { code, requestId, problem }, language);
  }
  return shopperProblemPage({ code, requestId, wayOn: wayOnOf(failure, context) }, language);
}

/** Returns null if the purchase is impossible, or can't be read at the moment. */
async function askedAgain({ asked }: RefusedForm, context: ProblemContext): Promise<Asked | null> {
  try {
    return await readAsked(asked, context);
  } catch {
    // In any case, the page shows the first error.
    return null;
  }
}

/**
 * Returns the requested address for a `GET`; for a form, the page for its purchase. All parts were checked or are
 * encoded as a query, so the address stays on this Worker.
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
