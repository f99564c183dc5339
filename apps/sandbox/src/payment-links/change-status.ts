import type { PaymentLinkStatus } from "@qonto-pay/core/qonto";
import type { StoredPaymentLink } from "../state/state.ts";
import { announcePaymentLink } from "../webhooks/announce-payment-link.ts";
import type { World } from "../world.ts";

/** Puts a link into `status` and tells the subscribers. Called too when the status stays and something else changed. */
export function changeStatus(world: World, link: StoredPaymentLink, status: PaymentLinkStatus): void {
  link.status = status;
  link.updated_at = world.clock.iso();
  announcePaymentLink(world, link, "updated");
}
