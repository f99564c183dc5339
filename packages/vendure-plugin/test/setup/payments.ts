import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import type { MerchantEvent, MerchantEventType, QontoPay } from "@qonto-pay/client";
import { expect, inject } from "vitest";

/** Pays a checkout on Qonto's page. @param force even if the link is paid, canceled or expired. */
export async function payAtQonto(qontoPay: QontoPay, checkoutId: string, force = false): Promise<void> {
  const checkout = await qontoPay.checkouts.get(checkoutId);
  const path = `payment_links/${checkout.payment_link?.id ?? ""}/payments`;
  await controlSandbox(inject("sandboxUrl"), "POST", path, { status: "paid", ...(force && { force }) });
}

/** Waits until the Worker has read the payment from Qonto. */
export async function untilPaid(qontoPay: QontoPay, checkoutId: string): Promise<void> {
  await expect.poll(async () => (await qontoPay.checkouts.get(checkoutId)).status).toBe("paid");
}

/** Waits for an event of a checkout. */
export async function eventOf(qontoPay: QontoPay, type: MerchantEventType, checkoutId: string): Promise<MerchantEvent> {
  const find = async () => {
    for await (const event of qontoPay.events.list()) {
      if (event.type === type && event.data.checkout?.id === checkoutId) return event;
    }
    return undefined;
  };
  return expect
    .poll(find)
    .toBeDefined()
    .then(find)
    .then((event) => event as MerchantEvent);
}
