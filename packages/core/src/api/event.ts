import type { PaymentLinkConnection } from "../qonto/connection.ts";
import type { Payment } from "../qonto/payment-link.ts";
import type { Page } from "./page.ts";
import type { CheckoutSnapshot } from "./server-checkout.ts";

/** What a shop is told of. */
export const MERCHANT_EVENT_TYPES = [
  /** A payment that was under way failed: the checkout can be paid again. */
  "checkout.open",
  "checkout.processing",
  "checkout.paid",
  "checkout.expired",
  "checkout.canceled",
  /** The merchant's server has changed its `reference` or `metadata`. */
  "checkout.updated",
  /** Somebody has paid a reusable checkout: `payment` says what. */
  "checkout.payment_received",
  /** Somebody has paid a checkout whose place another one had taken: it is paid, and the order may be paid twice. */
  "checkout.paid_although_superseded",
  /** The order is paid twice: `payment` is one too many, and `duplicate_of` the checkout that was paid first. */
  "checkout.duplicate_payment",
  /** A paid `payment` is over another amount or currency than the checkout, which is therefore not paid. */
  "checkout.amount_mismatch",
  /** The connection to the payment provider has another status. */
  "connection.changed",
  "consent.given",
  /** The merchant has to connect Qonto again: the consent is gone, or will be soon. */
  "consent.needs_reconnect",
  /** Qonto's OAuth rejects this deployment, or can't be read: the operator has to repair it, the merchant has nothing to do. */
  "authorization.suspended",
  /** Qonto's OAuth accepts this deployment again. */
  "authorization.resumed",
] as const;
export type MerchantEventType = (typeof MERCHANT_EVENT_TYPES)[number];

export interface MerchantEventData {
  /** As it was at that time. */
  readonly checkout?: CheckoutSnapshot;
  readonly payment?: Payment;
  /** Id of the checkout that was paid before: the same one, or another one for the same reference. */
  readonly duplicate_of?: string;
  readonly connection?: Pick<PaymentLinkConnection, "status">;
  readonly consent?: { readonly reason: ConsentProblem };
  readonly authorization?: { readonly reason: AuthorizationOutageReason };
}

/**
 * Why no merchant of a deployment gets a new access token: Qonto rejects the deployment's client id or secret, or what
 * answers in the place of Qonto's OAuth is not JSON.
 */
export const AUTHORIZATION_OUTAGE_REASONS = ["invalid_client", "invalid_response"] as const;
export type AuthorizationOutageReason = (typeof AUTHORIZATION_OUTAGE_REASONS)[number];

/** Why a merchant has to connect again: the consent was withdrawn, or could not be renewed for 75 of its 90 days. */
export type ConsentProblem = "revoked" | "expiring";

/** One transition: it is told once, in the order in which they happened. */
export interface MerchantEvent {
  readonly id: string;
  readonly type: MerchantEventType;
  /** ISO 8601. */
  readonly created_at: string;
  readonly data: MerchantEventData;
}

/** The answer of `GET /v1/events`, oldest first. The last one's `id` is the `after` of the next page. */
export type EventPage = Page<MerchantEvent>;

/** The query of `GET /v1/events`. */
export interface EventsQuery {
  /** Id of the last event that was seen. */
  readonly after?: string | undefined;
  /** 1 to 100; 100 where not given. */
  readonly limit?: number | undefined;
}
