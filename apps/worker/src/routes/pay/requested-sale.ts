import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { cutText } from "@qonto-pay/core/text";
import { callKnownMerchant } from "../../merchant-object/call-merchant.ts";
import type { ForSale } from "../../storefront/for-sale.ts";
import type { PayForm } from "../../pages/pay-page.ts";
import { checked } from "../request/checked-json.ts";
import { requestOfForm } from "./pay-form.ts";
import type { RouteContext } from "../request/route-context.ts";
import { sellerOf } from "./seller.ts";

/** The fields that a shopper chooses. The price is not theirs to choose, and each page has a new attempt. */
const ASKED = ["quantity", "amount", "reference"];

/** Longer than each field may be, so that a field that is too long stays too long. */
const MOST_LENGTH = 100;

/** Returns the fields of a form that describe the purchase, unchanged. */
export function requestedSale(form: URLSearchParams): URLSearchParams {
  const fields = [...form].map(([name, value]) => [name, cutText(value.trim(), MOST_LENGTH)] as const);
  return new URLSearchParams(
    fields.filter(([name, value]) => ASKED.includes(name) && value !== "") as [string, string][],
  );
}

/** The content of the page that `readAsked` reads. */
export interface Asked {
  readonly product: ForSale;
  readonly form: PayForm;
}

/**
 * Returns the purchase at its current price, and a form that requests the same in a new attempt. Creates nothing.
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
  const known = { merchant, codeIfUnknown: "not_found" } as const;
  const forSale = await callKnownMerchant(context.env, context.config, known, (object) =>
    object.readForSale({ product, quantity, amount }),
  );
  return { product: forSale, form: { publishableKey: key, attemptId: crypto.randomUUID(), amount, reference } };
}
