import type {
  AuditEntry,
  ConnectionAnswer,
  DiagnosticsRepair,
  DiagnosticsReport,
  EraseRequest,
  Erased,
  ExportQuery,
  ExportRecord,
  EventsQuery,
  MerchantEvent,
  PageQuery,
  SecretKeyCreated,
  SecretKeyInfo,
  SecretKeyPage,
} from "@qonto-pay/core/api";
import type { CreateConnection, ListPaymentMethodsQuery, PaymentMethod } from "@qonto-pay/core/qonto";
import { readSettings, requireSecretKey, type WorkerOptions } from "./client-options.ts";
import { type MutationOptions, WorkerCalls } from "./http-client.ts";
import type { ListPromise } from "./pagination.ts";
import { Checkouts } from "./resources/checkouts.ts";
import { ConsoleSessions } from "./resources/console-sessions.ts";
import { OwnMerchant } from "./resources/own-merchant.ts";
import { PaymentLinks } from "./resources/payment-links.ts";
import { Products } from "./resources/products.ts";
import { SignInLinks } from "./resources/sign-in-links.ts";
import { WebhookEndpoints } from "./resources/webhook-endpoints.ts";

/** Options of a merchant's client. */
export interface QontoPayOptions extends WorkerOptions {
  /**
   * `sk_{sandbox|live}_{merchant}_{random}`. For servers only: it gives access to the whole account of the merchant.
   */
  readonly secretKey: string;
}

/**
 * The Worker's API for a shop's server. Each method is one call with the fields of the Worker's reference, and returns
 * the body of the response.
 *
 * Every method rejects with `QontoPayError` for an error response, and with `QontoPayConnectionError` if no response
 * arrives.
 *
 * ```ts
 * const qontoPay = new QontoPay({ secretKey: "sk_live_shop_…", endpoint: "https://pay.shop.example" });
 * const { url } = await qontoPay.checkouts.create({ items, reference: "ORDER-1" });
 * ```
 */
export class QontoPay {
  readonly checkouts: Checkouts;
  readonly products: Products;
  readonly keys: Keys;
  readonly consoleSessions: ConsoleSessions;
  readonly signInLinks: SignInLinks;
  readonly auditLog: AuditLog;
  readonly merchant: OwnMerchant;
  readonly events: Events;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly paymentLinks: PaymentLinks;
  readonly paymentMethods: PaymentMethods;
  readonly connection: Connection;
  readonly diagnostics: Diagnostics;

  readonly #calls: WorkerCalls;

  /** @throws TypeError that names the invalid option and never contains the key. */
  constructor(options: QontoPayOptions) {
    requireSecretKey(options.secretKey);
    const calls = new WorkerCalls(readSettings(options.secretKey, options));
    this.checkouts = new Checkouts(calls);
    this.products = new Products(calls);
    this.keys = new Keys(calls);
    this.consoleSessions = new ConsoleSessions(calls);
    this.signInLinks = new SignInLinks(calls);
    this.auditLog = new AuditLog(calls);
    this.merchant = new OwnMerchant(calls);
    this.events = new Events(calls);
    this.webhookEndpoints = new WebhookEndpoints(calls);
    this.paymentLinks = new PaymentLinks(calls);
    this.paymentMethods = new PaymentMethods(calls);
    this.connection = new Connection(calls);
    this.diagnostics = new Diagnostics(calls);
    this.#calls = calls;
  }

  /**
   * Erases the data of a person: deletes checkouts without a payment, and removes everything but the records of money
   * from the others. While `has_more`, call it again.
   */
  erase(body: EraseRequest, options?: MutationOptions): Promise<Erased> {
    return this.#calls.change("POST", ["erase"], body, options);
  }

  /**
   * Exports the merchant's products, checkouts, payments and events, record by record, while the Worker sends them. To
   * continue later, store the `cursor` of the last record and send it as `after`.
   *
   * ```ts
   * for await (const record of qontoPay.export()) file.write(`${JSON.stringify(record)}\\n`);
   * ```
   */
  export({ after }: ExportQuery = {}): AsyncGenerator<ExportRecord, void, undefined> {
    return this.#calls.exportAfter(after);
  }
}

/** `/v1/keys`: the merchant's secret keys. Two can be active, so that a new one can replace the old one. */
class Keys {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Creates another key. Its `secret_key` is returned only once. */
  create(options?: MutationOptions): Promise<SecretKeyCreated> {
    return this.#calls.change("POST", ["keys"], undefined, options);
  }

  /** Lists the keys, oldest first: two at most. */
  list(query?: PageQuery): ListPromise<SecretKeyInfo> {
    return this.#calls.list(["keys"], query);
  }

  /**
   * Revokes a key at once, and with it every offer that it signed and every session of the console that was signed in
   * with it. The key of this client can't be revoked.
   *
   * @returns the remaining keys.
   */
  revoke(id: string, options?: MutationOptions): Promise<SecretKeyPage> {
    return this.#calls.change("DELETE", ["keys", id], undefined, options);
  }
}

/** `/v1/audit_log`: the last 2,000 changes from the console, by the operator, and of access. */
class AuditLog {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Lists the entries, the latest first. */
  list(query?: PageQuery): ListPromise<AuditEntry> {
    return this.#calls.list(["audit_log"], query);
  }
}

/** `/v1/events`: the events of the last 90 days, for catching up. */
class Events {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Lists events since the event `after`, oldest first: a page if awaited, all up to now if iterated. `limit` is the
   * size of a page.
   */
  list(query?: EventsQuery): ListPromise<MerchantEvent> {
    return this.#calls.list(["events"], query);
  }
}

/** `/v1/payment_methods`: the payment methods that the merchant has enabled. */
class PaymentMethods {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** @param query `amount` and `currency` for the methods of one amount: some have limits. */
  list(
    query: ListPaymentMethodsQuery = {},
  ): Promise<{ readonly payment_link_payment_methods: readonly PaymentMethod[] }> {
    return this.#calls.read(["payment_methods"], query);
  }
}

/** `/v1/connection`: the merchant's connection to the payment provider. */
class Connection {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Returns the current connection from Qonto. Rejects with `connection_not_found` if there is none. */
  get(): Promise<ConnectionAnswer> {
    return this.#calls.read(["connection"]);
  }

  /** Connects a bank account. The merchant finishes at `connection_location`. */
  create(body: CreateConnection, options?: MutationOptions): Promise<ConnectionAnswer> {
    return this.#calls.change("POST", ["connection"], body, options);
  }
}

/** `/v1/diagnostics`: what prevents payments, and how to fix it. */
class Diagnostics {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Checks everything that payments depend on, partly at Qonto, and changes nothing. Takes up to 9 seconds while Qonto
   * does not respond: a shorter `timeoutMs` gives up before the response. Problems are in the report, not errors.
   */
  run(): Promise<DiagnosticsReport> {
    return this.#calls.read(["diagnostics"]);
  }

  /**
   * Has the Worker read the connection and the links that are due from Qonto again, and repair its webhook
   * subscription, within seconds. If the connection is enabled, it also reads the payment methods. Run the diagnostics
   * again after that.
   */
  repair(options?: MutationOptions): Promise<DiagnosticsRepair> {
    return this.#calls.change("POST", ["diagnostics", "repair"], undefined, options);
  }
}
