import type { PaymentLinkConnection } from "../../qonto/connection.ts";
import type { Payment, PaymentLink } from "../../qonto/payment-link.ts";
import type { Page } from "../values/page.ts";
import type { CheckoutSnapshot } from "../checkout/server-checkout.ts";

/** The types of events that a shop receives. */
export const MERCHANT_EVENT_TYPES = [
  /** A payment in progress failed: the checkout can be paid again. */
  "checkout.open",
  "checkout.processing",
  "checkout.paid",
  "checkout.expired",
  "checkout.canceled",
  /** The merchant's server changed the `reference` or `metadata`. */
  "checkout.updated",
  /** A reusable checkout received a payment, `payment`. */
  "checkout.payment_received",
  /** A shopper paid a checkout that another one had replaced. It is paid, and the order may be paid twice. */
  "checkout.paid_after_superseded",
  /** The order is paid twice: `payment` is the duplicate, and `duplicate_of` the checkout that was paid first. */
  "checkout.duplicate_payment",
  /** The amount or currency of a paid `payment` differs from the checkout's, so the checkout is not paid. */
  "checkout.amount_mismatch",
  /**
   * Pages open more checkouts than the merchant's shoppers usually do, and don't solve the challenge. Once for each flood.
   */
  "checkout.flood_suspected",
  /** No request was challenged for 10 minutes, or longer if the flood was repeated. */
  "checkout.flood_ended",
  /** A payment came to a link that no checkout knows: its create call had no answer. Nothing was fulfilled for it. */
  "payment.unmatched",
  /** The merchant's storage has reached 80, 90 or 95 % of its limit: once for each. From 95 % on, no checkout is opened. */
  "storage.almost_full",
  /** The connection to the payment provider has a new status. */
  "connection.changed",
  /** The merchant has consented, or Qonto accepts tokens of the consent again after it rejected them. */
  "authorization.granted",
  /** The merchant must reauthorize: the consent has ended, or will end soon, or Qonto rejects its tokens. */
  "authorization.action_required",
  /**
   * Qonto's OAuth rejects this deployment, or its answers can't be read. The operator must fix it; the merchant has
   * nothing to do.
   */
  "authorization.suspended",
  /** Qonto's OAuth accepts this deployment again. */
  "authorization.resumed",
] as const;
export type MerchantEventType = (typeof MERCHANT_EVENT_TYPES)[number];

/** The fields that the data of an event can have. */
export interface MerchantEventFields {
  /** The checkout at that time. */
  readonly checkout: CheckoutSnapshot;
  readonly payment: Payment;
  /** The link at Qonto that was paid. */
  readonly payment_link: Pick<PaymentLink, "id" | "amount">;
  /** Id of the checkout that was paid first: the same one, or another one for the same reference. */
  readonly duplicate_of: string;
  readonly connection: Pick<PaymentLinkConnection, "status"> & {
    /** Whether payment links are activated for the organization. If not, its owner activates them in Qonto's app. */
    readonly activated: boolean;
  };
  readonly consent: { readonly reason: ConsentProblem };
  readonly authorization: { readonly reason: AuthorizationOutageReason };
  readonly storage: {
    readonly used_bytes: number;
    readonly limit_bytes: number;
    /** 80, 90 or 95. */
    readonly threshold_percent: number;
  };
  readonly flood: {
    /** ISO 8601. */
    readonly started_at: string;
    /** ISO 8601; null: it has not ended. */
    readonly ended_at: string | null;
    /** Number of requests that had to solve a challenge. */
    readonly challenged: number;
    /** Number of solved challenges. */
    readonly solved: number;
  };
}

/** Data with some of the fields, and none of the others. */
type DataWith<
  Required extends keyof MerchantEventFields,
  Optional extends keyof MerchantEventFields = never,
> = Readonly<
  Pick<MerchantEventFields, Required> &
    Partial<Pick<MerchantEventFields, Optional>> &
    Partial<Record<Exclude<keyof MerchantEventFields, Required | Optional>, undefined>>
>;

/** The data of an event, by its type. */
interface DataByType {
  readonly "checkout.open": DataWith<"checkout">;
  readonly "checkout.processing": DataWith<"checkout">;
  readonly "checkout.paid": DataWith<"checkout">;
  readonly "checkout.expired": DataWith<"checkout">;
  readonly "checkout.canceled": DataWith<"checkout">;
  readonly "checkout.updated": DataWith<"checkout">;
  readonly "checkout.payment_received": DataWith<"checkout" | "payment">;
  readonly "checkout.paid_after_superseded": DataWith<"checkout">;
  /** `payment` is absent if Qonto's link is paid but none of its payments is. */
  readonly "checkout.duplicate_payment": DataWith<"checkout" | "duplicate_of", "payment">;
  readonly "checkout.amount_mismatch": DataWith<"checkout" | "payment">;
  readonly "checkout.flood_suspected": DataWith<"flood">;
  readonly "checkout.flood_ended": DataWith<"flood">;
  /**
   * With the `checkout` for which the link was created, if it is known; that checkout has another link now, or none.
   * Without `payment` if Qonto's link is paid but none of its payments is.
   */
  readonly "payment.unmatched": DataWith<"payment_link", "payment" | "checkout">;
  readonly "storage.almost_full": DataWith<"storage">;
  readonly "connection.changed": DataWith<"connection">;
  readonly "authorization.granted": DataWith<never>;
  readonly "authorization.action_required": DataWith<"consent">;
  readonly "authorization.suspended": DataWith<"authorization">;
  readonly "authorization.resumed": DataWith<"authorization">;
}

/** The data of events of some types. */
export type MerchantEventData<Type extends MerchantEventType = MerchantEventType> = DataByType[Type];

/**
 * Why no merchant of a deployment gets a new access token: Qonto rejects the deployment's client id or secret, or the
 * server at the address of Qonto's OAuth does not answer in JSON.
 */
export const AUTHORIZATION_OUTAGE_REASONS = ["invalid_client", "invalid_response"] as const;
export type AuthorizationOutageReason = (typeof AUTHORIZATION_OUTAGE_REASONS)[number];

/**
 * Why a merchant must reauthorize: the consent was revoked, it could not be renewed for 75 of its 90 days, or Qonto
 * rejects even the access tokens that it has just issued under it.
 */
export type ConsentProblem = "revoked" | "expiring" | "rejected";

/** An event of one type. */
export interface MerchantEventOf<Type extends MerchantEventType> {
  readonly id: string;
  readonly type: Type;
  /** ISO 8601. */
  readonly created_at: string;
  readonly data: MerchantEventData<Type>;
}

/**
 * One state change. Each is reported once, in the order in which the changes happened. Its `type` determines its
 * `data`, so a `switch` over `event.type` narrows `event.data`. Later versions may add types: ignore those that you do
 * not use.
 */
export type MerchantEvent = { readonly [Type in MerchantEventType]: MerchantEventOf<Type> }[MerchantEventType];

/** Response of `GET /v1/events`, oldest first. The last item's `id` is the `after` of the next page. */
export type EventPage = Page<MerchantEvent>;

/** The query of `GET /v1/events`. */
export interface EventsQuery {
  /** Id of the last event that you have processed. */
  readonly after?: string | undefined;
  /** 1 to 100, 100 by default. */
  readonly limit?: number | undefined;
}
