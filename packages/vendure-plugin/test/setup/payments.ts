import { controlSandbox } from "@qonto-pay/local-stack/control-sandbox.ts";
import type { Checkout, QontoPay } from "@qonto-pay/client";
import { inject } from "vitest";

/** Somebody pays on Qonto's page. @param force also where the link is paid, canceled or expired. */
export async function payAtQonto(qontoPay: QontoPay, checkoutId: string, force = false): Promise<Checkout> {
  const checkout = await qontoPay.checkouts.get(checkoutId);
  const path = `payment_links/${checkout.payment_link?.id ?? ""}/payments`;
  await controlSandbox(inject("sandboxUrl"), "POST", path, { status: "paid", ...(force && { force }) });
  return checkout;
}
