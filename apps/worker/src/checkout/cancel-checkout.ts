import { type Checkout, isEnded } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { checkoutNotFound } from "../errors/id-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { reconcileCheckout } from "./reconcile-checkout.ts";
import { translateQontoErrors } from "../errors/translate-qonto-errors.ts";
import { closeWithoutLink } from "./close-without-link.ts";
import { readCheckout } from "./get-checkout.ts";

/**
 * Ends a checkout that is not paid: its link is deactivated at Qonto, whose answer then tells how it ended.
 *
 * @throws ApiError `checkout_not_found`; `checkout_not_open` for one that is paid or being paid, and of what Qonto answered.
 */
export async function cancelCheckout(merchant: MerchantContext, { id }: { readonly id: string }): Promise<Checkout> {
  // One that is being minted is about to have a link, or to be found without one.
  await merchant.inFlightCreations.get(id)?.catch(() => undefined);
  const checkout = merchant.checkouts.find(id);
  if (checkout === null) throw checkoutNotFound(id);
  let isRefused = false;
  if (checkout.link === null) closeWithoutLink(merchant, checkout, "canceled");
  else if (!isEnded(checkout.status)) {
    const { link } = checkout;
    isRefused = await translateQontoErrors(async () => {
      const isDeactivated = await deactivateUnlessRefused(merchant, id, link.id);
      await reconcileCheckout(merchant, id);
      return !isDeactivated;
    });
  }
  const ended = await readCheckout(merchant, { id });
  if (ended.status === "canceled" || ended.status === "expired") return ended;
  const message =
    isRefused && ended.status === "open"
      ? "Qonto refused to deactivate the link: a payment may be under way. Read the checkout again in a minute."
      : `This checkout can't be canceled: its status is ${ended.status}.`;
  throw new ApiError("checkout_not_open", { message });
}

/** Qonto rejects it for a link that is paid or being paid: reading the link shows that. @returns false where it did. */
async function deactivateUnlessRefused(
  merchant: MerchantContext,
  checkoutId: string,
  linkId: string,
): Promise<boolean> {
  try {
    await merchant.qonto.deactivatePaymentLink(linkId);
    return true;
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.kind === "refused") return false;
    // Qonto may have deactivated it anyway.
    merchant.checkouts.readLinkBy(checkoutId, Date.now());
    throw fault;
  }
}
