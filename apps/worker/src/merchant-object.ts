import { DurableObject } from "cloudflare:workers";
import type { ApiErrorCode, CheckoutStatusReport, CreatedMerchant, Price, PriceQuery } from "@qonto-pay/core/api";
import { readConfig } from "./config.ts";
import type { Env } from "./env.ts";
import { Failure, type Outcome, outcomeOf } from "./failure/failure.ts";
import { type AdminInput, type AdminJourney, type AdminOutput, runAdminJourney } from "./journeys/admin-journeys.ts";
import { beginConnecting, type Beginning, isLinkGood } from "./journeys/begin-connecting.ts";
import {
  type ConnectInput,
  type ConnectJourney,
  type ConnectOutput,
  runConnectJourney,
} from "./journeys/connect-journeys.ts";
import { type CheckoutAttempt, type CreateCheckoutAnswer, createCheckout } from "./journeys/create-checkout.ts";
import { createMerchant, type NewMerchant } from "./journeys/create-merchant.ts";
import { deactivateUnclaimedLinks } from "./journeys/deactivate-unclaimed-links.ts";
import { closeDueCheckouts } from "./journeys/close-due-checkouts.ts";
import { connectionDueAt, keepConnection } from "./journeys/keep-connection.ts";
import { consentDueAt, keepConsent } from "./journeys/keep-consent.ts";
import { hasMoved, keepSubscription, subscriptionDueAt } from "./journeys/keep-subscription.ts";
import { quotePrice } from "./journeys/quote-price.ts";
import { relayEvents } from "./journeys/relay-events.ts";
import { readDueLinks } from "./journeys/read-due-links.ts";
import { receiveWebhook } from "./journeys/receive-webhook.ts";
import {
  runServerJourney,
  type ServerInput,
  type ServerJourney,
  type ServerOutput,
} from "./journeys/server-journeys.ts";
import { readStatus, watchStatus } from "./journeys/watch-checkout.ts";
import { logDefect } from "./log.ts";
import type { Merchant } from "./merchant/merchant.ts";
import { SealedTokens } from "./merchant/sealed-tokens.ts";
import { SendsUnderWay } from "./merchant/sends-under-way.ts";
import { Watchers } from "./merchant/watchers.ts";
import { AccessToken } from "./qonto/access-token.ts";
import { CallGate } from "./qonto/call-gate.ts";
import { oneToken } from "./qonto/one-token.ts";
import { QontoOAuth } from "./qonto/oauth.ts";
import { QontoCaller } from "./qonto/qonto-call.ts";
import { QontoClient } from "./qonto/qonto-client.ts";
import { StatusTokens } from "./security/status-token.ts";
import { Vault } from "./security/vault.ts";
import { Catalogue } from "./storage/catalogue.ts";
import { Checkouts } from "./storage/checkouts.ts";
import { ConnectLinks } from "./storage/connect-links.ts";
import { ConnectSessions } from "./storage/connect-sessions.ts";
import { ConsentRequests } from "./storage/consent-requests.ts";
import { Deliveries } from "./storage/deliveries.ts";
import { Events } from "./storage/events.ts";
import { IdempotencyKeys } from "./storage/idempotency-keys.ts";
import { Inbox } from "./storage/inbox.ts";
import { hasMerchant, migrate } from "./storage/migrate.ts";
import { Payments } from "./storage/payments.ts";
import { SecretKeys } from "./storage/secret-keys.ts";
import { Settings } from "./storage/settings.ts";
import { UnclaimedLinks } from "./storage/unclaimed-links.ts";
import { WebhookEndpoints } from "./storage/webhook-endpoints.ts";

/** What is still due after an alarm must not become a loop. */
const SHORTEST_PAUSE_MS = 1_000;
const PAUSE_AFTER_DEFECT_MS = 30_000;

/** Everything of one merchant. Each method enters one journey; the journeys are in `journeys/`. */
export class MerchantObject extends DurableObject<Env> {
  /** Null while no merchant of this name was ever made. */
  #merchant: Merchant | null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#merchant = hasMerchant(ctx.storage.sql) ? this.#open() : null;
    // The next alarm may be a day away, and until then no webhook would come.
    if (this.#merchant !== null && hasMoved(this.#merchant)) {
      void ctx.blockConcurrencyWhile(() => this.#wakeBy(Date.now()));
    }
  }

  /** The pay journey. */
  createCheckout(request: CheckoutAttempt, origin: string | null): Promise<Outcome<CreateCheckoutAnswer>> {
    return outcomeOf(() => createCheckout(this.#requireMerchant("invalid_key"), request, origin));
  }

  quotePrice(query: PriceQuery, origin: string | null): Promise<Outcome<Price>> {
    return outcomeOf(() => quotePrice(this.#requireMerchant("invalid_key"), query, origin));
  }

  /** Any journey of the merchant's own server. This is the one place where a secret key is looked up. */
  serve<Name extends ServerJourney>(
    keyHash: string,
    name: Name,
    input: ServerInput<Name>,
    idempotencyKey: string,
  ): Promise<Outcome<ServerOutput<Name>>> {
    return outcomeOf<ServerOutput<Name>>(() => {
      const merchant = this.#requireMerchant("invalid_key");
      const keyId = merchant.secretKeys.findByHash(keyHash);
      if (keyId === null) throw new Failure("invalid_key");
      return runServerJourney(merchant, name, input, { keyId, idempotencyKey });
    });
  }

  readStatus(checkoutId: string, origin: string | null): Promise<Outcome<CheckoutStatusReport>> {
    return outcomeOf(() => readStatus(this.#requireMerchant("checkout_not_found"), checkoutId, origin));
  }

  watchStatus(checkoutId: string, origin: string | null): Promise<Outcome<ReadableStream<Uint8Array>>> {
    return outcomeOf(() => watchStatus(this.#requireMerchant("checkout_not_found"), checkoutId, origin));
  }

  /** The paid journey. */
  receiveWebhook(body: Uint8Array, signature: string | null): Promise<Outcome<void>> {
    return outcomeOf(() => receiveWebhook(this.#requireMerchant("not_found"), body, signature));
  }

  /** The one journey that makes a merchant of an object. */
  createMerchant(asked: NewMerchant): Promise<Outcome<CreatedMerchant>> {
    this.#merchant ??= this.#open();
    const merchant = this.#merchant;
    return outcomeOf(() => createMerchant(merchant, asked));
  }

  /** Any journey of whoever runs the Worker. The route has checked the admin key. */
  administer<Name extends AdminJourney>(name: Name, input: AdminInput<Name>): Promise<Outcome<AdminOutput<Name>>> {
    return outcomeOf<AdminOutput<Name>>(() =>
      runAdminJourney(this.#requireMerchant("merchant_not_found"), name, input),
    );
  }

  /** Whether a link where the merchant connects Qonto could still be used. */
  isLinkGood(linkHash: string): Promise<Outcome<boolean>> {
    return outcomeOf(() => this.#merchant !== null && isLinkGood(this.#merchant, linkHash));
  }

  beginConnecting(beginning: Beginning): Promise<Outcome<void>> {
    return outcomeOf(() => beginConnecting(this.#requireMerchant("connect_link_not_valid"), beginning));
  }

  /** Any further step of connecting, for the browser that holds a session. */
  takeStep<Name extends ConnectJourney>(
    sessionHash: string,
    name: Name,
    input: ConnectInput<Name>,
  ): Promise<Outcome<ConnectOutput<Name>>> {
    return outcomeOf<ConnectOutput<Name>>(() =>
      runConnectJourney(this.#requireMerchant("connect_session_not_valid"), sessionHash, name, input),
    );
  }
  /** Does what is due, each part whatever became of the others, and has itself rung again for all that is not. */
  override async alarm(): Promise<void> {
    const merchant = this.#merchant;
    if (merchant === null) return;
    // First, since what comes after it may wait long for Qonto.
    await this.#relay(merchant);
    const isDone = [
      await this.#attempt("keeping the consent", () => keepConsent(merchant)),
      await this.#attempt("keeping the connection", () => keepConnection(merchant)),
      await this.#attempt("closing checkouts", () => closeDueCheckouts(merchant)),
      await this.#attempt("keeping the webhook subscription", () => keepSubscription(merchant)),
      await this.#attempt("reading links", () => readDueLinks(merchant)),
      await this.#attempt("deactivating links", () => deactivateUnclaimedLinks(merchant)),
    ];
    merchant.inbox.prune(Date.now());
    merchant.events.prune(Date.now());
    merchant.idempotencyKeys.prune(Date.now());
    merchant.deliveries.prune(Date.now());
    // What has become due meanwhile; it plans the alarms of its own work.
    await this.#relay(merchant);
    const times = [
      consentDueAt(merchant),
      connectionDueAt(merchant),
      subscriptionDueAt(merchant),
      merchant.checkouts.nextReading(),
      merchant.checkouts.nextClosing(),
      merchant.unclaimedLinks.nextDue(),
    ];
    const known = times.filter((time) => time !== null);
    if (known.length === 0) return;
    const pause = isDone.includes(false) ? PAUSE_AFTER_DEFECT_MS : SHORTEST_PAUSE_MS;
    await this.#wakeBy(Math.max(Math.min(...known), Date.now() + pause));
  }

  /** A defect must not end the alarm: thrown on, Cloudflare would ring six more times and then never again. */
  async #attempt(what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (defect) {
      logDefect(what, defect);
      return false;
    }
  }

  async #relay(merchant: Merchant): Promise<void> {
    await this.#attempt("relaying events", () => relayEvents(merchant));
  }

  #requireMerchant(codeIfNone: ApiErrorCode): Merchant {
    if (this.#merchant === null) throw new Failure(codeIfNone);
    return this.#merchant;
  }

  #open(): Merchant {
    const config = readConfig(this.env);
    const name = this.ctx.id.name;
    if (name === undefined) throw new TypeError("a merchant object is reached by its name only");
    migrate(this.ctx.storage);
    const { sql } = this.ctx.storage;
    const settings = new Settings(sql);
    const vault = new Vault(config.vaultKeys, name);
    const wakeBy = (time: number): Promise<void> => this.#wakeBy(time);
    const tokens = new SealedTokens(settings, vault, wakeBy);
    const gate = new CallGate({
      read: () => settings.read("unauthorized_at") ?? [],
      write: (times) => settings.write("unauthorized_at", times),
    });
    const oauth = new QontoOAuth(config, gate);
    const accessToken = new AccessToken(oauth, tokens);
    const merchant: Merchant = {
      name,
      config,
      settings,
      catalogue: new Catalogue(sql),
      secretKeys: new SecretKeys(sql),
      connectLinks: new ConnectLinks(sql),
      connectSessions: new ConnectSessions(sql),
      consentRequests: new ConsentRequests(sql),
      checkouts: new Checkouts(sql),
      payments: new Payments(sql),
      events: new Events(sql),
      inbox: new Inbox(sql),
      idempotencyKeys: new IdempotencyKeys(sql),
      unclaimedLinks: new UnclaimedLinks(sql),
      webhookEndpoints: new WebhookEndpoints(sql),
      deliveries: new Deliveries(sql),
      vault,
      oauth,
      accessToken,
      statusTokens: new StatusTokens(config.vaultKeys),
      qonto: new QontoClient(new QontoCaller(config, accessToken, gate)),
      qontoBy: ({ accessToken: token }) => new QontoClient(new QontoCaller(config, oneToken(token), gate)),
      watchers: new Watchers(),
      callsUnderWay: new Map(),
      webhookSender: this.ctx.exports.WebhookSender,
      sendsUnderWay: new SendsUnderWay(),
      mintsUnderWay: new Map(),
      wakeBy,
      relaySoon: () => void this.#relay(merchant),
    };
    return merchant;
  }

  async #wakeBy(time: number): Promise<void> {
    const current = await this.ctx.storage.getAlarm();
    if (current === null || time < current) await this.ctx.storage.setAlarm(time);
  }
}
