import { DurableObject } from "cloudflare:workers";
import type {
  CheckoutCreated,
  CheckoutStatusReport,
  CreateCheckoutRequest,
  Price,
  PriceQuery,
  Product,
  ProductAnswer,
} from "@qonto-pay/core/api";
import { type Config, readConfig } from "./config.ts";
import type { Env } from "./env.ts";
import { Failure, type Outcome, outcomeOf } from "./failure/failure.ts";
import { createCheckout } from "./journeys/create-checkout.ts";
import { deactivateUnwantedLinks } from "./journeys/deactivate-unwanted-links.ts";
import { readProduct, saveProduct } from "./journeys/keep-product.ts";
import type { Merchant } from "./journeys/merchant.ts";
import { processInbox } from "./journeys/process-inbox.ts";
import { quotePrice } from "./journeys/quote-price.ts";
import { receiveWebhook } from "./journeys/receive-webhook.ts";
import { seedMerchant } from "./journeys/seed-merchant.ts";
import { readStatus, watchStatus } from "./journeys/watch-checkout.ts";
import { Watchers } from "./journeys/watchers.ts";
import { logDefect } from "./log.ts";
import { AccessToken } from "./qonto/access-token.ts";
import { QontoClient } from "./qonto/qonto-client.ts";
import type { SeedRequest } from "./seed.schema.ts";
import { StatusTokens } from "./security/status-token.ts";
import { Vault } from "./security/vault.ts";
import { Catalogue } from "./storage/catalogue.ts";
import { Checkouts } from "./storage/checkouts.ts";
import { Inbox } from "./storage/inbox.ts";
import { createTables, hasTables } from "./storage/schema.ts";
import { SecretKeys } from "./storage/secret-keys.ts";
import { SealedTokens } from "./sealed-tokens.ts";
import { Settings } from "./storage/settings.ts";
import { UnwantedLinks } from "./storage/unwanted-links.ts";

const ALARM_RETRY_MS = 30_000;

/** Everything of one merchant. Each method enters one journey; the journeys are in `journeys/`. */
export class MerchantObject extends DurableObject<Env> {
  /** Null while no merchant of this name was ever made. */
  #merchant: Merchant | null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#merchant = hasTables(ctx.storage.sql) ? this.#open() : null;
  }

  /** The pay journey. */
  createCheckout(
    request: CreateCheckoutRequest,
    origin: string | null,
  ): Promise<Outcome<CheckoutCreated & { isNew: boolean }>> {
    return outcomeOf(() => createCheckout(this.#requireMerchant("invalid_key"), request, origin));
  }

  quotePrice(query: PriceQuery, origin: string | null): Promise<Outcome<Price>> {
    return outcomeOf(() => quotePrice(this.#requireMerchant("invalid_key"), query, origin));
  }

  saveProduct(keyHash: string, product: Product): Promise<Outcome<ProductAnswer>> {
    return outcomeOf(() => saveProduct(this.#requireMerchant("invalid_key"), keyHash, product));
  }

  readProduct(keyHash: string, id: string): Promise<Outcome<ProductAnswer>> {
    return outcomeOf(() => readProduct(this.#requireMerchant("invalid_key"), keyHash, id));
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

  /** For local work only: the router refuses it elsewhere. */
  seed(request: SeedRequest): Promise<Outcome<void>> {
    createTables(this.ctx.storage.sql);
    this.#merchant ??= this.#open();
    const merchant = this.#merchant;
    return outcomeOf(() => seedMerchant(merchant, request));
  }

  override async alarm(): Promise<void> {
    const merchant = this.#merchant;
    if (merchant === null) return;
    try {
      await processInbox(merchant);
      await deactivateUnwantedLinks(merchant);
    } catch (defect) {
      // Thrown on, Cloudflare would ring six more times and then never again.
      logDefect("alarm", defect);
      await merchant.wakeBy(Date.now() + ALARM_RETRY_MS);
      return;
    }
    const times = [merchant.inbox.nextDue(), merchant.unwantedLinks.nextDue()].filter((time) => time !== null);
    if (times.length > 0) await merchant.wakeBy(Math.min(...times));
  }

  #requireMerchant(codeIfNone: "invalid_key" | "checkout_not_found" | "not_found"): Merchant {
    if (this.#merchant === null) throw new Failure(codeIfNone);
    return this.#merchant;
  }

  #open(): Merchant {
    const config: Config = readConfig(this.env);
    const name = this.ctx.id.name;
    if (name === undefined) throw new TypeError("a merchant object is reached by its name only");
    const { sql } = this.ctx.storage;
    const settings = new Settings(sql);
    const vault = new Vault(config.vaultKey, name);
    const tokens = new SealedTokens(settings, vault);
    return {
      name,
      config,
      settings,
      catalogue: new Catalogue(sql),
      secretKeys: new SecretKeys(sql),
      checkouts: new Checkouts(sql),
      inbox: new Inbox(sql),
      unwantedLinks: new UnwantedLinks(sql),
      vault,
      tokens,
      statusTokens: new StatusTokens(config.vaultKey),
      qonto: new QontoClient(config, new AccessToken(config, tokens)),
      watchers: new Watchers(),
      mintsUnderWay: new Map(),
      wakeBy: (time) => this.#wakeBy(time),
    };
  }

  async #wakeBy(time: number): Promise<void> {
    const current = await this.ctx.storage.getAlarm();
    if (current === null || time < current) await this.ctx.storage.setAlarm(time);
  }
}
