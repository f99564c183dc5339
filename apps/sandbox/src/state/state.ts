import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import type { Money, RoundingPolicy } from "@qonto-pay/core/money";
import type { BasketItem, PaymentLink, PaymentLinkStatus, PaymentStatus } from "@qonto-pay/core/qonto";
import type { Organization } from "./organization.ts";
import type { PaymentMethod, PaymentMethodName } from "./payment-methods.ts";

/** Everything the sandbox remembers, and all that its data file holds. Times are ISO 8601 in UTC unless said otherwise. */
export interface State {
  /** Milliseconds that the sandbox's clock is ahead of the real one. */
  clock_offset_ms: number;
  /** The behaviour of the last start, to recognize a start with another one. */
  readonly started_with: Behaviour;
  behaviour: Behaviour;
  /** How the gross amount of a new basket comes from its lines. */
  rounding_policy: RoundingPolicy;
  webhook_mode: WebhookMode;
  /** How long a new payment link lives. */
  payment_link_life_ms: number;
  /** Whether `X-Qonto-Idempotency-Key` has an effect when a link is created. */
  idempotency_honoured: boolean;
  /** How one link is answered when it is read or deactivated. */
  payment_link_shape: PaymentLinkShape;
  readonly organization: Organization;
  /** Null before the first connect. */
  connection: Connection | null;
  payment_methods: readonly PaymentMethod[];
  /** By authorization code. */
  readonly authorizations: Map<string, Authorization>;
  /** By access token. */
  readonly access_tokens: Map<string, AccessToken>;
  /** By refresh token. */
  readonly refresh_tokens: Map<string, RefreshToken>;
  /** By idempotency key: a created link as it was first answered. Empty while keys have no effect. */
  readonly idempotent_links: Map<string, ShownPaymentLink>;
  /** By id, in the order of creation; so are all that follow. */
  readonly payment_links: Map<string, StoredPaymentLink>;
  readonly payments: Map<string, StoredPayment>;
  readonly payment_attempts: Map<string, PaymentAttempt>;
  readonly webhook_subscriptions: Map<string, WebhookSubscription>;
  /** Events under way; one leaves when it was taken or given up. */
  readonly deliveries: Map<string, Delivery>;
  /** Events kept back while the webhook mode is `hold`. */
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
  /** Where the merchant is sent after the provider's onboarding; null for the one that a fresh sandbox has. */
  readonly partner_callback_url: string | null;
}

export interface Authorization {
  readonly redirect_uri: string;
  readonly scope: string;
  /** What the client's `code_verifier` has to hash to; undefined when it sent no challenge. */
  readonly code_challenge?: string | undefined;
  /** Tokens that come from one consent share it, and are revoked together. */
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
  /** At the first use it moves to 60 seconds later. */
  expires_at: string;
  used: boolean;
}

/** A link as it is answered. Its end may be missing. */
export type ShownPaymentLink = Omit<PaymentLink, "expiration_date"> & { readonly expiration_date?: string | undefined };

export interface StoredPaymentLink {
  readonly id: string;
  /** The first id in the URL of the pay page. */
  readonly pay_id: string;
  /** The second one: the invoice, or the basket. */
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
  /** The policy that it was priced under. */
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

/** A shopper whose card was taken on the pay page: waits for the status to simulate, then names the payment made. */
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
  /** The event as it is sent, the same text at every attempt. */
  readonly body: string;
  readonly created_at: string;
  attempts: number;
  /** When the next attempt is to be made. */
  due_at: string;
}
