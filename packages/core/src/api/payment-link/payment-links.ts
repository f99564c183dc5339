import type { PaymentLinkConnection } from "../../qonto/connection.ts";
import type { PaymentLink, PaymentLinkPage } from "../../qonto/payment-link.ts";
import type { ConsentProblem } from "../event/event.ts";
import type { CheckoutSnapshot } from "../checkout/server-checkout.ts";

/** A payment link in the shape of Qonto's API. If this Worker created it, it carries its checkout. */
export interface ServedPaymentLink extends PaymentLink {
  readonly checkout?: Pick<CheckoutSnapshot, "id" | "opened_by" | "status" | "reference" | "metadata">;
}

/** A page of payment links, with the pagination of Qonto's API. */
export interface ServedPaymentLinkPage extends PaymentLinkPage {
  readonly payment_links: readonly ServedPaymentLink[];
}

/** The connection in the shape of Qonto's API, and why the merchant must reauthorize; null: not necessary. */
export interface ConnectionAnswer extends PaymentLinkConnection {
  readonly needs_reconnect: ConsentProblem | null;
}
