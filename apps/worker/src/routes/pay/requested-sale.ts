import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { cutText } from "@qonto-pay/core/text";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import type { ForSale } from "../../storefront/for-sale.ts";
import type { PayForm } from "../../pages/pay-page.ts";
import { checked } from "../request/checked-json.ts";
import { requestOfForm } from "./pay-form.ts";
import type { RouteContext } from "../request/route-context.ts";
import { sellerOf } from "./seller.ts";

/** What a shopper wants to pay for: the rest (its price, the attempt) is not theirs to say, or is made anew. */
const ASKED = ["quantity", "amount", "reference"];

/** Longer than each may be, so that what is too long still is. */
const MOST_LENGTH = 100;

/** The fields of a form that say what is to be paid for, as they came. */
export function requestedSale(form: URLSearchParams): URLSearchParams {
  const fields = [...form].map(([name, value]) => [name, cutText(value.trim(), MOST_LENGTH)] as const);
  return new URLSearchParams(
    fields.filter(([name, value]) => ASKED.includes(name) && value !== "") as [string, string][],
  );
}

/** What the page of `readAsked` shows. */
export interface Asked {
  readonly product: ForSale;
  readonly form: PayForm;
}

/**
 * What is asked for, at its price of now, and a form that asks for the same in a new attempt. Nothing is made.
 *
 * @throws ApiError of `sellerOf` and `findForSale`; `invalid_request`, `quantity_out_of_range`.
 */
export async function readAsked(
  fields: URLSearchParams,
  context: Pick<RouteContext, "env" | "config" | "params">,
): Promise<Asked> {
  const { key, merchant, product } = sellerOf(context);
  const asked = checked(
    createCheckoutRequestSchema,
    requestOfForm(requestedSale(fields), { publishable_key: key, product }),
  );
  const { quantity, amount, reference } = asked;
  const forSale = await callMerchant(context.env, context.config, merchant, (object) =>
    object.readForSale({ product, quantity, amount }),
  );
  return { product: forSale, form: { publishableKey: key, attemptId: crypto.randomUUID(), amount, reference } };
}
