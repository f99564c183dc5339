import type { PaymentLinkConnection } from "../../qonto/connection.ts";
import type { PaymentLink, PaymentLinkPage } from "../../qonto/payment-link.ts";
import type { ConsentProblem } from "../event/event.ts";
import type { CheckoutSnapshot } from "../checkout/server-checkout.ts";

/** A payment link in Qonto's own shape. One of ours carries its checkout. */
export interface ServedPaymentLink extends PaymentLink {
  readonly checkout?: Pick<CheckoutSnapshot, "id" | "opened_by" | "status" | "reference" | "metadata">;
}

/** A page of them, with Qonto's own page arithmetic. */
export interface ServedPaymentLinkPage extends PaymentLinkPage {
  readonly payment_links: readonly ServedPaymentLink[];
}

/** The connection in Qonto's own shape, and why the merchant has to connect Qonto again; null: they need not. */
export interface ConnectionAnswer extends PaymentLinkConnection {
  readonly needs_reconnect: ConsentProblem | null;
}
