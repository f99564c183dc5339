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
 * Cancels a checkout that is not paid: deactivates its link at Qonto, whose answer decides the final status.
 *
 * @throws ApiError `checkout_not_found`; `checkout_not_open` if the checkout is paid or being paid; and translated
 *   errors of Qonto.
 */
export async function cancelCheckout(merchant: MerchantContext, { id }: { readonly id: string }): Promise<Checkout> {
  // If a link is being created, wait for it: the checkout may or may not get one.
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
      ? "Qonto rejected the deactivation of the link: a payment may be under way. Read the checkout again in a minute."
      : `This checkout can't be canceled: its status is ${ended.status}.`;
  throw new ApiError("checkout_not_open", { message });
}

/** Deactivates the link. @returns false if Qonto rejected it, as for a link that is paid or being paid. */
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
    merchant.checkoutReads.readLinkBy(checkoutId, Date.now());
    throw fault;
  }
}
