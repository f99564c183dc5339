import { type Checkout, type Metadata, MOST_METADATA, type UpdateCheckoutRequest } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { checkoutNotFound } from "../errors/id-error.ts";
import { orderAlreadyPaid } from "../errors/order-already-paid.ts";
import { snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { Checkout as StoredCheckout } from "../storage/checkouts.ts";
import { isWithdrawn } from "./next-status.ts";
import { readCheckout } from "./get-checkout.ts";
import { supersedeBy, withdrawOthers } from "./supersede-checkouts.ts";

/**
 * Changes the reference and the metadata of a checkout, in every status. The change, its event and the deactivation of
 * other checkouts with the reference are one transaction. Nothing is sent to Qonto about this checkout.
 *
 * @throws ApiError `checkout_not_found`; `order_already_paid` if another checkout with the reference is paid or
 *   processing; `invalid_request` for more metadata than a checkout can have.
 */
export async function updateCheckout(
  merchant: MerchantContext,
  { id, request }: { readonly id: string; readonly request: UpdateCheckoutRequest },
): Promise<Checkout> {
  const before = merchant.checkouts.find(id);
  if (before === null) throw checkoutNotFound(id);
  const { reference = before.reference } = request;
  if (request.reference != null) requireUnpaid(merchant, before, request.reference);
  const metadata = mergedMetadata(before.metadata, request.metadata);
  const isReferenceSet = request.reference === undefined ? before.isReferenceOwn : reference !== null;
  const after = { ...before, reference, metadata, isReferenceOwn: before.openedBy !== "button" || isReferenceSet };
  merchant.transaction(() => {
    merchant.checkouts.update(id, { reference, metadata, isReferenceSet });
    if (JSON.stringify(snapshotOf(after)) !== JSON.stringify(snapshotOf(before))) {
      recordEvent(merchant, "checkout.updated", { checkout: snapshotOf(after) });
    }
    if (request.reference != null) closeOthers(merchant, after);
  });
  return readCheckout(merchant, { id });
}

function requireUnpaid(merchant: MerchantContext, { id }: StoredCheckout, reference: string): void {
  const settled = merchant.checkouts.settledForReference(reference, id);
  if (settled !== null) throw orderAlreadyPaid(reference, settled);
}

/** @throws ApiError `invalid_request`. */
function mergedMetadata(before: Metadata, changes: UpdateCheckoutRequest["metadata"]): Metadata {
  if (changes === null) return {};
  const merged = Object.entries({ ...before, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  if (merged.length <= MOST_METADATA) return Object.fromEntries(merged);
  const message = `The field metadata must have ${MOST_METADATA} entries at most: with this change it would have ${merged.length}. Remove an entry by setting it to null.`;
  throw new ApiError("invalid_request", { param: "metadata", message });
}

/** Closes the other open checkouts of a reference if this one is paid, being paid or payable: an order is paid once. */
function closeOthers(merchant: MerchantContext, checkout: StoredCheckout): void {
  const { id, reference, status } = checkout;
  if (status === "paid") withdrawOthers(merchant, checkout);
  if (reference === null || !takesPlace(checkout)) return;
  for (const other of merchant.checkouts.openForReference(reference)) {
    // A checkout without a link is being created. Once it has its link, `supersedeCheckouts` leaves one of the two.
    if (other.id !== id && other.link !== null) supersedeBy(merchant, other, id);
  }
}

/** A payment that is under way may succeed although the checkout was withdrawn meanwhile. */
function takesPlace(checkout: StoredCheckout): boolean {
  const { status, link } = checkout;
  return status === "processing" || (status === "open" && link !== null && !isWithdrawn(checkout));
}
