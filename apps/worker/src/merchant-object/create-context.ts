import { AccessToken } from "../qonto/access-token.ts";
import { CallGate } from "../qonto/rate-limiter.ts";
import { QontoOAuth } from "../qonto/oauth.ts";
import type { CallWatch } from "../qonto/call-observer.ts";
import { oneToken } from "../qonto/fixed-token.ts";
import { logQontoFault } from "../context/log.ts";
import { QontoCaller } from "../qonto/qonto-call.ts";
import { QontoClient } from "../qonto/qonto-client.ts";
import { QontoClock } from "../qonto/qonto-clock.ts";
import { StatusTokens } from "../crypto/status-token.ts";
import { Vault } from "../crypto/vault.ts";
import { AnnouncedLinks } from "../storage/announced-links.ts";
import { Catalogue } from "../storage/products.ts";
import { Checkouts } from "../storage/checkouts.ts";
import { ConnectLinks } from "../storage/connect-links.ts";
import { ConnectSessions } from "../storage/connect-sessions.ts";
import { ConsentRequests } from "../storage/oauth-requests.ts";
import { Deliveries } from "../storage/deliveries.ts";
import { Events } from "../storage/events.ts";
import { IdempotencyKeys } from "../storage/idempotency-keys.ts";
import { Inbox } from "../storage/inbox.ts";
import { PaymentLists } from "../storage/payment-lists.ts";
import { Payments } from "../storage/payments.ts";
import { QontoFaults } from "../storage/qonto-errors.ts";
import { SecretKeys } from "../storage/secret-keys.ts";
import { Settings } from "../storage/settings.ts";
import { SharedCheckouts } from "../storage/shared-checkouts.ts";
import { UnclaimedLinks } from "../storage/link-reservations.ts";
import { WebhookEndpoints } from "../storage/webhook-endpoints.ts";
import { AuthorizationOutages } from "../connection/authorization-outage.ts";
import type { Merchant } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { SealedTokens } from "../connection/token-store.ts";
import { SendsUnderWay } from "../context/in-flight-deliveries.ts";
import { Watchers } from "../context/status-subscribers.ts";

/** What a merchant has of the object that holds it. */
export type MerchantHost = Pick<
  Merchant,
  "name" | "config" | "transaction" | "wakeBy" | "relaySoon" | "webhookSender"
> & {
  /** Its tables are of this version. */
  readonly sql: SqlStorage;
};

/** Puts together what the journeys of one merchant work with. */
export function openMerchant({ sql, ...host }: MerchantHost): Merchant {
  const { name, config, wakeBy } = host;
  const settings = new Settings(sql);
  const vault = new Vault(config.vaultKeys, name);
  const gate = new CallGate({
    read: () => settings.read("unauthorized_at") ?? [],
    write: (times) => settings.write("unauthorized_at", times),
  });
  const qontoClock = new QontoClock();
  const qontoFaults = new QontoFaults(sql);
  const watch: CallWatch = {
    clock: qontoClock,
    failed: (operation, fault) => {
      qontoFaults.record(operation, fault.message, Date.now());
      logQontoFault(name, operation, fault.message, fault.traceId);
    },
  };
  const oauth = new QontoOAuth(config, gate, watch);
  const outages = new AuthorizationOutages({
    name,
    config,
    settings,
    wakeBy,
    record: (type, reason) => recordEvent(merchant, type, { authorization: { reason } }),
    forgetUnauthorized: () => gate.forgetUnauthorized(),
  });
  const accessToken = new AccessToken(oauth, new SealedTokens(settings, vault, wakeBy), outages);
  const merchant: Merchant = {
    ...host,
    settings,
    catalogue: new Catalogue(sql),
    secretKeys: new SecretKeys(sql),
    connectLinks: new ConnectLinks(sql),
    connectSessions: new ConnectSessions(sql),
    consentRequests: new ConsentRequests(sql),
    checkouts: new Checkouts(sql),
    sharedCheckouts: new SharedCheckouts(sql),
    payments: new Payments(sql),
    paymentLists: new PaymentLists(sql),
    events: new Events(sql),
    inbox: new Inbox(sql),
    idempotencyKeys: new IdempotencyKeys(sql),
    unclaimedLinks: new UnclaimedLinks(sql),
    announcedLinks: new AnnouncedLinks(sql),
    webhookEndpoints: new WebhookEndpoints(sql),
    deliveries: new Deliveries(sql),
    qontoFaults,
    vault,
    oauth,
    accessToken,
    outages,
    statusTokens: new StatusTokens(config.vaultKeys),
    qonto: new QontoClient(new QontoCaller(config, accessToken, gate, watch)),
    qontoBy: (tokens) => new QontoClient(new QontoCaller(config, oneToken(tokens.accessToken), gate, watch)),
    qontoClock,
    watchers: new Watchers(),
    callsUnderWay: new Map(),
    sendsUnderWay: new SendsUnderWay(),
    readsUnderWay: new Map(),
    mintsUnderWay: new Map(),
  };
  return merchant;
}
