import { AccessToken } from "../qonto/access-token.ts";
import { RateLimiter } from "../qonto/rate-limiter.ts";
import { TokenRejections } from "../qonto/token-rejections.ts";
import { QontoOAuth } from "../qonto/oauth.ts";
import type { CallObserver } from "../qonto/call-observer.ts";
import { logQontoError, logUnreadableAnswer } from "../context/log.ts";
import type { Send } from "../qonto/outgoing-request.ts";
import { type CallPath, QontoCaller, type TokenSource } from "../qonto/qonto-call.ts";
import { QontoClient } from "../qonto/qonto-client.ts";
import type { Priority } from "../qonto/priority.ts";
import { QontoClock } from "../qonto/qonto-clock.ts";
import { StatusTokens } from "../crypto/status-token.ts";
import { Vault } from "../crypto/vault.ts";
import { AnnouncedLinks } from "../storage/announced-links.ts";
import { Products } from "../storage/products.ts";
import { CheckoutExpiry } from "../storage/checkout-expiry.ts";
import { CheckoutReads } from "../storage/checkout-reads.ts";
import { Checkouts } from "../storage/checkouts.ts";
import { ConnectLinks } from "../storage/connect-links.ts";
import { ConnectSessions } from "../storage/connect-sessions.ts";
import { AuditLog } from "../storage/audit-log.ts";
import { ConsoleSessions } from "../storage/console-sessions.ts";
import { OAuthRequests } from "../storage/oauth-requests.ts";
import { DatabaseSize } from "../storage/database-size.ts";
import { Deliveries } from "../storage/deliveries.ts";
import { Erasure } from "../storage/erasure.ts";
import { ExportedTables } from "../storage/exported-tables.ts";
import { Events } from "../storage/events.ts";
import { IdempotencyKeys } from "../storage/idempotency-keys.ts";
import { Inbox } from "../storage/inbox.ts";
import { PaymentLists } from "../storage/payment-lists.ts";
import { Payments } from "../storage/payments.ts";
import { QontoErrors } from "../storage/qonto-errors.ts";
import { SecretKeys } from "../storage/secret-keys.ts";
import { Settings } from "../storage/settings.ts";
import type { TrackedTables } from "../storage/sql.ts";
import { SignInLinks } from "../storage/sign-in-links.ts";
import { SharedCheckouts } from "../storage/shared-checkouts.ts";
import { UnmatchedPayments } from "../storage/unmatched-payments.ts";
import { LinkReservations } from "../storage/link-reservations.ts";
import { WebhookEndpoints } from "../storage/webhook-endpoints.ts";
import { AuthorizationOutages } from "../connection/authorization-outage.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { EncryptedTokens } from "../connection/token-store.ts";
import { watchFloods } from "../flood/flood-alerts.ts";
import { FloodGate } from "../flood/flood-gate.ts";
import { readPaidShare } from "../storage/paid-share.ts";
import { InFlightDeliveries } from "../context/in-flight-deliveries.ts";
import { StatusSubscribers } from "../context/status-subscribers.ts";
import { causeOf, QontoError } from "../qonto/qonto-error.ts";

/** A younger checkout that is not paid says nothing about the merchant's paid share. */
const TIME_TO_PAY_MS = 3 * 60_000;

/** The parts of a merchant's context that its object provides. */
export type MerchantHost = Pick<
  MerchantContext,
  "name" | "config" | "transaction" | "dispatchSoon" | "readHintedSoon" | "webhookSender"
> & {
  /** The database, migrated to this version. */
  readonly sql: SqlStorage;
  /** The same database, for tables with due times. */
  readonly tables: TrackedTables;
  /** Called before a request to Qonto is sent. */
  readonly beforeRequest: () => void;
  readonly sendToQonto: Send;
};

/** Creates the context for the operations of one merchant. Its calls to Qonto have the priority of upkeep. */
export function createMerchantContext({
  sql,
  tables,
  beforeRequest,
  sendToQonto,
  ...host
}: MerchantHost): MerchantContext {
  const { name, config } = host;
  const settings = new Settings(sql, tables.of("settings"));
  const vault = new Vault(config.vaultKeys, name);
  const qontoClock = new QontoClock();
  const qontoErrors = new QontoErrors(sql);
  const observer: CallObserver = {
    clock: qontoClock,
    beforeRequest,
    failed: (operation, fault, isOrdinary) => {
      const { message } = fault;
      const cause = causeOf(fault);
      if (!isOrdinary) qontoErrors.record({ operation, message, cause }, Date.now());
      logQontoError(name, operation, message, fault.traceId);
      // Unreadable answers of OAuth are logged as an authorization outage.
      if (cause !== null && operation !== "createToken") logUnreadableAnswer(name, cause, message);
    },
  };
  const rateLimiter = new RateLimiter({
    isProven: () => accessToken.isTrusted,
    read: () => settings.read("qonto_limits"),
    write: (record) => settings.write("qonto_limits", record),
  });
  const path: CallPath = { rateLimiter, observer, send: sendToQonto };
  // While no call could be made, the reads of links were postponed to the next try.
  const readPostponedLinks = (): void => merchant.checkoutReads.readOpenLinksBy(Date.now());
  const oauth = new QontoOAuth(config, path);
  const outages = new AuthorizationOutages({
    name,
    config,
    settings,
    record: (type, reason) => {
      recordEvent(merchant, type, { authorization: { reason } });
      if (type === "authorization.resumed") readPostponedLinks();
    },
  });
  const rejections = new TokenRejections({
    read: () => settings.read("rejected_tokens"),
    write: (record) => settings.write("rejected_tokens", record),
    suspended: () => recordEvent(merchant, "authorization.action_required", { consent: { reason: "rejected" } }),
    resumed: () => {
      recordEvent(merchant, "authorization.granted", {});
      readPostponedLinks();
    },
  });
  const accessToken = new AccessToken(oauth, new EncryptedTokens(settings, vault), outages, rejections);
  const products = new Products(sql);
  const caller = new QontoCaller(config, accessToken, path);
  const contexts = new Map<Priority, MerchantContext>();
  const clearCaches = (): void => {
    settings.clearCache();
    products.clearCache();
  };
  const shared: Omit<MerchantContext, "priority" | "qonto"> = {
    ...host,
    transaction: (work) => {
      try {
        return host.transaction(work);
      } catch (error) {
        // The transaction may have read its own writes, which are rolled back now.
        clearCaches();
        throw error;
      }
    },
    clearCaches,
    settings,
    products,
    secretKeys: new SecretKeys(sql),
    connectLinks: new ConnectLinks(sql),
    connectSessions: new ConnectSessions(sql),
    auditLog: new AuditLog(sql),
    consoleSessions: new ConsoleSessions(sql),
    signInLinks: new SignInLinks(sql),
    oauthRequests: new OAuthRequests(sql),
    checkouts: new Checkouts(tables.of("checkouts")),
    checkoutExpiry: new CheckoutExpiry(tables.of("checkouts")),
    checkoutReads: new CheckoutReads(tables.of("checkouts")),
    sharedCheckouts: new SharedCheckouts(sql),
    payments: new Payments(sql),
    paymentLists: new PaymentLists(sql),
    events: new Events(sql),
    databaseSize: new DatabaseSize(sql, config.storageLimitBytes),
    erasure: new Erasure(tables.of("checkouts")),
    exportedTables: new ExportedTables(tables.of("checkouts"), tables.of("linkReservations")),
    inbox: new Inbox(sql),
    idempotencyKeys: new IdempotencyKeys(sql),
    linkReservations: new LinkReservations(tables.of("linkReservations")),
    announcedLinks: new AnnouncedLinks(tables.of("announcedLinks")),
    unmatchedPayments: new UnmatchedPayments(sql),
    webhookEndpoints: new WebhookEndpoints(tables.of("webhookEndpoints")),
    deliveries: new Deliveries(tables.of("deliveries")),
    qontoErrors,
    vault,
    oauth,
    accessToken,
    outages,
    statusTokens: new StatusTokens(config.vaultKeys),
    as: (priority) => {
      const known = contexts.get(priority);
      if (known !== undefined) return known;
      const context = { ...shared, priority, qonto: new QontoClient(caller, priority) };
      contexts.set(priority, context);
      return context;
    },
    qontoBy: (tokens) => new QontoClient(new QontoCaller(config, fixedToken(tokens.accessToken), path), "server"),
    qontoClock,
    statusSubscribers: new StatusSubscribers(),
    inFlightCalls: new Map(),
    inFlightDeliveries: new InFlightDeliveries(),
    inFlightReads: new Map(),
    hintedReads: new Set(),
    inFlightCreations: new Map(),
    floodGate: new FloodGate(
      watchFloods(() => merchant),
      () => readPaidShare(sql, Date.now() - TIME_TO_PAY_MS),
    ),
  };
  const merchant = shared.as("upkeep");
  return merchant;
}

/** Returns a token source that is never renewed, for a consent that was just given and may still be rejected. */
function fixedToken(accessToken: string): TokenSource {
  return {
    current: () => Promise.resolve({ accessToken, authorization: 0 }),
    refuse: () => undefined,
    refuseOperation: () => undefined,
    accept: () => undefined,
    trust: () => undefined,
    isUnproven: false,
    isSuspended: false,
    isOperationPaused: () => false,
    isRefused: () => false,
    replace: () => Promise.reject(new QontoError("unauthorized", "Qonto rejected a token of a new consent")),
  };
}
