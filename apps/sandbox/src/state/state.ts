import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import type { Money, RoundingPolicy } from "@qonto-pay/core/money";
import type { BasketItem, PaymentLink, PaymentLinkStatus, PaymentStatus } from "@qonto-pay/core/qonto";
import type { Organization } from "./organization.ts";
import type { PaymentMethod, PaymentMethodName } from "./payment-methods.ts";

/** The sandbox's state, and the content of its data file. Times are ISO 8601 in UTC unless stated otherwise. */
export interface State {
  /** Milliseconds that the sandbox's clock is ahead of the real time. */
  clock_offset_ms: number;
  /** The behaviour of the last start, to detect a start with another one. */
  readonly started_with: Behaviour;
  behaviour: Behaviour;
  /** The rounding of new baskets. */
  rounding_policy: RoundingPolicy;
  webhook_mode: WebhookMode;
  /** How long new payment links live, in milliseconds. */
  payment_link_life_ms: number;
  /** Whether `X-Qonto-Idempotency-Key` has an effect when a link is created. */
  idempotency_honoured: boolean;
  /** The shape of the answer to reading or deactivating a link. */
  payment_link_shape: PaymentLinkShape;
  readonly organization: Organization;
  /** Null before the first connection. */
  connection: Connection | null;
  payment_methods: readonly PaymentMethod[];
  /** By authorization code. */
  readonly authorizations: Map<string, Authorization>;
  /** By access token. */
  readonly access_tokens: Map<string, AccessToken>;
  /** By refresh token. */
  readonly refresh_tokens: Map<string, RefreshToken>;
  /** By idempotency key: the first answer to each create. Empty while keys have no effect. */
  readonly idempotent_links: Map<string, ShownPaymentLink>;
  /** By id, in the order of creation. This also applies to the maps below. */
  readonly payment_links: Map<string, StoredPaymentLink>;
  readonly payments: Map<string, StoredPayment>;
  readonly payment_attempts: Map<string, PaymentAttempt>;
  readonly webhook_subscriptions: Map<string, WebhookSubscription>;
  /** Events being delivered. An event is removed after the endpoint accepted it or the retries ended. */
  readonly deliveries: Map<string, Delivery>;
  /** Events held while the webhook mode is `hold`. */
  readonly held: Map<string, Delivery>;
}

export const WEBHOOK_MODES = ["deliver", "drop", "duplicate", "hold"] as const;
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

export const PAYMENT_LINK_SHAPES = ["enveloped", "bare"] as const;
export type PaymentLinkShape = (typeof PAYMENT_LINK_SHAPES)[number];

export const CONNECTION_STATUSES = ["enabled", "pending", "disabled", "not_connected"] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

export interface Connection {
  readonly id: string;
  status: ConnectionStatus;
  readonly bank_account_id: string;
  /** The merchant's address after the provider's onboarding; null for the connection of a fresh sandbox. */
  readonly partner_callback_url: string | null;
}

export interface Authorization {
  readonly redirect_uri: string;
  readonly scope: string;
  /** The expected hash of the client's `code_verifier`; undefined if the client sent no challenge. */
  readonly code_challenge?: string | undefined;
  /** Tokens of the same consent share it and are revoked together. */
  readonly grant_id: string;
  readonly expires_at: string;
  used: boolean;
}

export interface AccessToken {
  readonly grant_id: string;
  readonly scope: string;
  readonly expires_at: string;
}

export interface RefreshToken {
  readonly grant_id: string;
  readonly scope: string;
  /** The first use moves it to 60 seconds later. */
  expires_at: string;
  used: boolean;
}

/** A link as answers show it. Its expiration date may be missing. */
export type ShownPaymentLink = Omit<PaymentLink, "expiration_date"> & {
  readonly expiration_date?: string | number | undefined;
};

export interface StoredPaymentLink {
  readonly id: string;
  /** The first id in the URL of the pay page. */
  readonly pay_id: string;
  /** The second id: that of the invoice or of the basket. */
  readonly resource_id: string;
  status: PaymentLinkStatus;
  readonly expiration_date: string;
  readonly potential_payment_methods: readonly PaymentMethodName[];
  readonly amount: Money;
  readonly resource_type: "Basket" | "Invoice";
  readonly items: readonly BasketItem[] | null;
  readonly reusable: boolean;
  readonly invoice_id: string | null;
  readonly invoice_number: string | null;
  readonly debitor_name: string | null;
  /** The policy used to price the link. */
  readonly rounding_policy: RoundingPolicy;
  latest_payment_method_used: PaymentMethodName | null;
  readonly created_at: string;
  updated_at: string;
}

export interface StoredPayment {
  readonly id: string;
  readonly payment_link_id: string;
  readonly amount: Money;
  status: PaymentStatus;
  readonly payment_method: PaymentMethodName;
  readonly debitor_email: string;
  readonly created_at: string;
  paid_at: string | null;
}

/**
 * A payment attempt on the pay page after the card was accepted. It waits for the status to simulate, then names the
 * payment.
 */
export interface PaymentAttempt {
  readonly id: string;
  readonly payment_link_id: string;
  readonly payment_method: PaymentMethodName;
  payment_id: string | null;
}

export interface WebhookSubscription {
  readonly id: string;
  readonly organization_id: string;
  readonly membership_id: string;
  callback_url: string;
  types: readonly string[];
  secret: string;
  description?: string | undefined;
  readonly created_at: string;
  updated_at: string;
}

export interface Delivery {
  readonly id: string;
  readonly subscription_id: string;
  /** The body of the event, the same text at every attempt. */
  readonly body: string;
  readonly created_at: string;
  attempts: number;
  /** The time of the next attempt. */
  due_at: string;
}
