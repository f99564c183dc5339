import type { Config } from "./config.ts";
import type { AccessToken, OutageWatch } from "../qonto/access-token.ts";
import type { QontoOAuth, Tokens } from "../qonto/oauth.ts";
import type { QontoClient } from "../qonto/qonto-client.ts";
import type { Priority } from "../qonto/priority.ts";
import type { QontoClock } from "../qonto/qonto-clock.ts";
import type { StatusTokens } from "../crypto/status-token.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";
import type { Vault } from "../crypto/vault.ts";
import type { AnnouncedLinks } from "../storage/announced-links.ts";
import type { Products } from "../storage/products.ts";
import type { CheckoutExpiry } from "../storage/checkout-expiry.ts";
import type { CheckoutReads } from "../storage/checkout-reads.ts";
import type { Checkouts, CheckoutWithLink } from "../storage/checkouts.ts";
import type { ConnectLinks } from "../storage/connect-links.ts";
import type { ConnectSessions } from "../storage/connect-sessions.ts";
import type { AuditLog } from "../storage/audit-log.ts";
import type { ConsoleSessions } from "../storage/console-sessions.ts";
import type { OAuthRequests } from "../storage/oauth-requests.ts";
import type { DatabaseSize } from "../storage/database-size.ts";
import type { Deliveries } from "../storage/deliveries.ts";
import type { Erasure } from "../storage/erasure.ts";
import type { ExportedTables } from "../storage/exported-tables.ts";
import type { Events } from "../storage/events.ts";
import type { IdempotencyKeys } from "../storage/idempotency-keys.ts";
import type { Inbox } from "../storage/inbox.ts";
import type { PaymentLists } from "../storage/payment-lists.ts";
import type { Payments } from "../storage/payments.ts";
import type { QontoErrors } from "../storage/qonto-errors.ts";
import type { SecretKeys } from "../storage/secret-keys.ts";
import type { Settings } from "../storage/settings.ts";
import type { SignInLinks } from "../storage/sign-in-links.ts";
import type { SharedCheckouts } from "../storage/shared-checkouts.ts";
import type { UnmatchedPayments } from "../storage/unmatched-payments.ts";
import type { LinkReservations } from "../storage/link-reservations.ts";
import type { WebhookEndpoints } from "../storage/webhook-endpoints.ts";
import type { FloodGate } from "../flood/flood-gate.ts";
import type { InFlightDeliveries } from "./in-flight-deliveries.ts";
import type { StatusSubscribers } from "./status-subscribers.ts";

/** Dependencies of one merchant's operations. Created once by the merchant object. */
export interface MerchantContext {
  readonly name: string;
  readonly config: Config;
  readonly settings: Settings;
  readonly products: Products;
  readonly secretKeys: SecretKeys;
  readonly connectLinks: ConnectLinks;
  readonly connectSessions: ConnectSessions;
  readonly auditLog: AuditLog;
  readonly consoleSessions: ConsoleSessions;
  readonly signInLinks: SignInLinks;
  readonly oauthRequests: OAuthRequests;
  readonly checkouts: Checkouts;
  readonly checkoutReads: CheckoutReads;
  readonly checkoutExpiry: CheckoutExpiry;
  readonly sharedCheckouts: SharedCheckouts;
  readonly payments: Payments;
  readonly paymentLists: PaymentLists;
  readonly events: Events;
  readonly databaseSize: DatabaseSize;
  readonly exportedTables: ExportedTables;
  readonly erasure: Erasure;
  readonly inbox: Inbox;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly linkReservations: LinkReservations;
  readonly announcedLinks: AnnouncedLinks;
  readonly unmatchedPayments: UnmatchedPayments;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly deliveries: Deliveries;
  readonly qontoErrors: QontoErrors;
  readonly vault: Vault;
  readonly oauth: QontoOAuth;
  readonly accessToken: AccessToken;
  readonly outages: OutageWatch;
  readonly statusTokens: StatusTokens;
  /** Who waits for this context's calls to Qonto. */
  readonly priority: Priority;
  readonly qonto: QontoClient;
  /** Returns the same merchant, with calls to Qonto of this priority. */
  as(priority: Priority): MerchantContext;
  /** Returns a client of Qonto that uses tokens that are not stored (yet). */
  qontoBy(tokens: Tokens): QontoClient;
  readonly qontoClock: QontoClock;
  readonly statusSubscribers: StatusSubscribers;
  /** Calls with a secret key that are not answered yet, by `Idempotency-Key`. A repeated call joins the first. */
  readonly inFlightCalls: Map<string, Promise<unknown>>;
  readonly webhookSender: Pick<WebhookSender, "send">;
  readonly inFlightDeliveries: InFlightDeliveries;
  /** Reads of a checkout's link in progress, by checkout. The next read waits for the one before. */
  readonly inFlightReads: Map<string, Promise<void>>;
  /** The checkouts whose link is being read because of an event of Qonto. */
  readonly hintedReads: Set<string>;
  /** Creations that wait for Qonto's answer, by checkout. A double click joins the first one. */
  readonly inFlightCreations: Map<string, Promise<CheckoutWithLink>>;
  readonly floodGate: FloodGate;
  /**
   * Drops all values that were read from the database. Call in the same step as a statement that changes settings or
   * products without their classes, such as a restore.
   */
  clearCaches(): void;
  /** Commits all writes of `work` together, or none if it throws. `work` must be synchronous. */
  transaction<T>(work: () => T): T;
  /** Starts to send due deliveries to the shops. No caller waits for it, and it throws nothing. */
  dispatchSoon(): void;
  /**
   * Starts to read the links of checkouts that an event of Qonto named, if the alarm is busy with other jobs. Otherwise
   * the alarm runs for them at once. No caller waits for it, and it throws nothing.
   */
  readHintedSoon(): void;
}
