import type { PaymentLinkStatus } from "@qonto-pay/core/qonto";
import type { StoredPaymentLink } from "../state/state.ts";
import { announcePaymentLink } from "../webhooks/announce-payment-link.ts";
import type { World } from "../world.ts";

/** Sets a link's status and sends an event. Also called if another property changes and the status stays. */
export function changeStatus(world: World, link: StoredPaymentLink, status: PaymentLinkStatus): void {
  link.status = status;
  link.updated_at = world.clock.iso();
  announcePaymentLink(world, link, "updated");
}
