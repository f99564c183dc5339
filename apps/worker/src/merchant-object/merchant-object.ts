import { DurableObject } from "cloudflare:workers";
import type {
  ApiErrorCode,
  CheckoutStatusReport,
  ConsoleSession,
  CreatedMerchant,
  DiagnosticsReport,
  Price,
  PriceRequest,
} from "@qonto-pay/core/api";
import { readConfig } from "../context/config.ts";
import type { Env } from "../context/env.ts";
import { logSenderFailure } from "../context/log.ts";
import { developerError } from "../errors/developer-error.ts";
import { ApiError, type Outcome, outcomeOf } from "../errors/api-error.ts";
import { type AdminInput, type AdminOperation, type AdminOutput, runAdminOperation } from "../api/admin-api.ts";
import { startOnboarding, type OnboardingStart, isLinkGood } from "../connection/start-onboarding.ts";
import {
  type OnboardingInput,
  type OnboardingOperation,
  type OnboardingOutput,
  runOnboardingOperation,
} from "../api/onboarding-api.ts";
import {
  type CheckoutAttempt,
  type CreateCheckoutAnswer,
  createCheckoutFromPage,
  type PageVisit,
} from "../checkout/create-from-page.ts";
import { createMerchant, type NewMerchant } from "../accounts/create-merchant.ts";
import { nextDueAt, runDueJobs } from "./run-due-jobs.ts";
import { runIsolated } from "./run-isolated.ts";
import type { Answered } from "../idempotency/run-idempotent.ts";
import { type PageOfForm, payByForm } from "../storefront/pay-by-form.ts";
import { runDiagnostics } from "../diagnostics/run-diagnostics.ts";
import { quotePrice } from "../pricing/quote-price.ts";
import { dispatchWebhooks } from "../webhooks/dispatch-webhooks.ts";
import { type AskedForSale, getForSale, requireForSale } from "../storefront/get-for-sale.ts";
import { getProgress } from "../checkout/get-progress.ts";
import { type IncomingAnswer, type OutgoingRequest, sendRequest } from "../qonto/outgoing-request.ts";
import { readHintedCheckouts } from "../checkout/read-due-checkouts.ts";
import { receiveWebhook } from "./receive-qonto-webhook.ts";
import {
  requirementOf,
  runServerOperation,
  type ServerCaller,
  type ServerCredential,
  type ServerInput,
  type ServerOperation,
  type ServerOutput,
} from "../api/server-api.ts";
import { authorizeSession, type SessionRequirement } from "../console/authorize-session.ts";
import { readSession } from "../console/sessions.ts";
import { type SignIn, signIn, signOut } from "../console/sign-in.ts";
import { type LinkRequest, type NoLink, type SharedLink, getSharedLink } from "../storefront/shared-link.ts";
import { readStatus, streamStatus } from "../checkout/stream-status.ts";
import { AlarmScheduler } from "./alarm-scheduler.ts";
import type { ForSale } from "../storefront/for-sale.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { hasMerchant, migrate } from "../storage/migrate.ts";
import { TrackedTables } from "../storage/sql.ts";
import { createMerchantContext } from "./create-context.ts";
import type { Progress } from "../checkout/progress.ts";

/**
 * A Durable Object may wait for six answers at once. It waits for this many itself, which costs least. Further calls
 * leave through `QontoSender`.
 */
const MOST_ANSWERS_AWAITED = 4;

/** The Durable Object of one merchant. Each method runs one operation. */
export class MerchantObject extends DurableObject<Env> {
  /** Null until a merchant of this name is created. */
  #merchant: MerchantContext | null;
  readonly #tables: TrackedTables;
  readonly #alarm: AlarmScheduler;
  #answersAwaited = 0;
  /** Whether the alarm runs its jobs. */
  #isBusy = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#tables = new TrackedTables(ctx.storage.sql);
    this.#alarm = new AlarmScheduler(ctx.storage, this.#tables, (after, jobs) =>
      this.#merchant === null ? null : nextDueAt(this.#merchant, after, jobs),
    );
    this.#merchant = hasMerchant(ctx.storage.sql) ? this.#open() : null;
  }

  /** Creates a checkout for a page with the pay button. */
  createCheckout(request: CheckoutAttempt, page: PageVisit): Promise<Outcome<CreateCheckoutAnswer>> {
    return this.#enter(() => createCheckoutFromPage(this.#forShopper("invalid_key"), request, page));
  }

  /** Returns the shared link of a product, for a shopper who follows a link without a script. */
  shareLink(asked: LinkRequest): Promise<Outcome<SharedLink | NoLink>> {
    return this.#enter(() => getSharedLink(this.#forShopper("not_found"), asked));
  }

  /** Returns a product for a page that lets the shopper confirm or choose. */
  readForSale({ product, ...asked }: AskedForSale & { readonly product: string }): Promise<Outcome<ForSale>> {
    return this.#enter(() => {
      const merchant = this.#forShopper("not_found");
      return getForSale(merchant, requireForSale(merchant, product), asked);
    });
  }

  /** Creates a checkout for a form that was sent without a script. */
  payByForm(request: CheckoutAttempt, page: PageOfForm): Promise<Outcome<CreateCheckoutAnswer>> {
    return this.#enter(() => payByForm(this.#forShopper("not_found"), request, page));
  }

  quotePrice(request: PriceRequest, origin: string | null): Promise<Outcome<Price>> {
    return this.#enter(() => quotePrice(this.#forShopper("invalid_key"), request, origin));
  }

  /** Runs an operation of the merchant's own server, or of the console. */
  serve<Name extends ServerOperation>(
    credential: ServerCredential,
    name: Name,
    input: ServerInput<Name>,
    idempotencyKey: string,
  ): Promise<Outcome<Answered<ServerOutput<Name>>>> {
    return this.#enter<Answered<ServerOutput<Name>>>(() => {
      const [merchant, caller] = this.#authenticate(credential, requirementOf(name));
      const priority = name === "runDiagnostics" ? "upkeep" : "server";
      return runServerOperation(merchant.as(priority), name, input, { ...caller, idempotencyKey }).catch(
        (error: unknown) => {
          throw developerError(error);
        },
      );
    });
  }

  /** Signs a browser in to the console with a secret key or a link. */
  signInToConsole(session: SignIn): Promise<Outcome<ConsoleSession>> {
    return this.#enter(() => signIn(this.#merchant, session));
  }

  readConsoleSession(sessionHash: string): Promise<Outcome<ConsoleSession>> {
    return this.#enter(() => readSession(this.#merchant, sessionHash));
  }

  /** Ends a session of the console. An unknown one has ended already. */
  signOutOfConsole(sessionHash: string): Promise<Outcome<void>> {
    return this.#enter(() => signOut(this.#merchant, sessionHash));
  }

  readStatus(checkoutId: string, origin: string | null): Promise<Outcome<CheckoutStatusReport>> {
    return this.#enter(() => readStatus(this.#forShopper("checkout_not_found"), checkoutId, origin));
  }

  watchStatus(checkoutId: string, origin: string | null): Promise<Outcome<ReadableStream<Uint8Array>>> {
    return this.#enter(() => streamStatus(this.#forShopper("checkout_not_found"), checkoutId, origin));
  }

  readProgress(checkoutId: string): Promise<Outcome<Progress>> {
    return this.#enter(() => getProgress(this.#forShopper("checkout_not_found"), checkoutId));
  }

  /** Receives a webhook of Qonto. */
  receiveWebhook(body: Uint8Array, signature: string | null): Promise<Outcome<void>> {
    return this.#enter(() => receiveWebhook(this.#requireMerchant("not_found"), body, signature));
  }

  /** Creates the merchant of this object. The only operation that needs no existing merchant. */
  createMerchant(asked: NewMerchant): Promise<Outcome<Answered<CreatedMerchant>>> {
    this.#merchant ??= this.#open();
    const merchant = this.#merchant;
    return this.#enter(() => createMerchant(merchant, asked));
  }

  /** Runs an operation of the operator. The route has verified the admin key. */
  administer<Name extends AdminOperation>(
    name: Name,
    input: AdminInput<Name>,
    idempotencyKey: string,
  ): Promise<Outcome<Answered<AdminOutput<Name>>>> {
    return this.#enter<Answered<AdminOutput<Name>>>(() =>
      runAdminOperation(this.#requireMerchant("merchant_not_found").as("server"), name, input, idempotencyKey),
    );
  }

  /** Runs the diagnostics for the operator. The route has verified the admin key. */
  diagnose(): Promise<Outcome<DiagnosticsReport>> {
    return this.#enter(() => runDiagnostics(this.#requireMerchant("merchant_not_found").as("upkeep"), {}));
  }

  /** Whether a connect link is still valid. */
  isLinkGood(linkHash: string): Promise<Outcome<boolean>> {
    return this.#enter(() => this.#merchant !== null && isLinkGood(this.#merchant, linkHash));
  }

  beginConnecting(beginning: OnboardingStart): Promise<Outcome<void>> {
    return this.#enter(() => startOnboarding(this.#requireMerchant("invalid_connect_link"), beginning));
  }

  /** Runs a later step of the onboarding, for the browser that holds a session. */
  takeStep<Name extends OnboardingOperation>(
    sessionHash: string,
    name: Name,
    input: OnboardingInput<Name>,
  ): Promise<Outcome<OnboardingOutput<Name>>> {
    return this.#enter<OnboardingOutput<Name>>(() =>
      runOnboardingOperation(this.#requireMerchant("invalid_connect_session").as("server"), sessionHash, name, input),
    );
  }

  override async alarm(): Promise<void> {
    const merchant = this.#merchant;
    if (merchant !== null) await this.#alarm.run(() => this.#runJobs(merchant));
  }

  /** @returns the names of the jobs that ended in a defect. */
  async #runJobs(merchant: MerchantContext): Promise<readonly string[]> {
    this.#isBusy = true;
    try {
      return await runDueJobs(merchant);
    } finally {
      this.#isBusy = false;
    }
  }

  /**
   * Reads checkouts with an event beside a running alarm. If no alarm runs, the event has scheduled one. The alarm does
   * not wait for these reads: each has a next due time.
   */
  async #readHintedSoon(merchant: MerchantContext): Promise<void> {
    if (!this.#isBusy) return;
    await runIsolated("read checkouts with an event", () => readHintedCheckouts(merchant));
    this.#alarm.schedule();
  }

  /** Runs a call, and schedules the alarm for the due times that it stored, even if it fails. */
  async #enter<T>(call: () => T | Promise<T>): Promise<Outcome<T>> {
    const outcome = await outcomeOf(async () => {
      await this.#alarm.start();
      return call();
    });
    this.#alarm.schedule();
    return outcome;
  }

  async #dispatch(merchant: MerchantContext): Promise<void> {
    await runIsolated("dispatch webhooks", () => dispatchWebhooks(merchant));
    this.#alarm.schedule();
  }

  async #sendToQonto(request: OutgoingRequest, timeoutMs: number): Promise<IncomingAnswer | null> {
    if (this.#answersAwaited >= MOST_ANSWERS_AWAITED) return this.#sendByInvocation(request, timeoutMs);
    this.#answersAwaited += 1;
    try {
      return await sendRequest(request, timeoutMs);
    } finally {
      this.#answersAwaited -= 1;
    }
  }

  async #sendByInvocation(request: OutgoingRequest, timeoutMs: number): Promise<IncomingAnswer | null> {
    try {
      return await this.ctx.exports.QontoSender.send(request, timeoutMs);
    } catch (error) {
      logSenderFailure(this.ctx.id.name ?? "", error);
      return null;
    }
  }

  /** Secret keys and sessions of the console are looked up only here. */
  #authenticate(
    credential: ServerCredential,
    requirement: SessionRequirement,
  ): readonly [MerchantContext, Omit<ServerCaller, "idempotencyKey">] {
    const merchant = this.#merchant;
    if ("sessionHash" in credential) {
      const session = authorizeSession(merchant, credential.sessionHash, requirement);
      return [this.#requireMerchant("invalid_console_session"), { keyId: session.keyId, session }];
    }
    const keyId = merchant?.secretKeys.findByHash(credential.keyHash) ?? null;
    // The same text for both cases, so that guessed keys don't reveal which merchants exist.
    if (merchant === null || keyId === null) throw inactiveSecretKey(this.ctx.id.name ?? "");
    return [merchant, { keyId, session: null }];
  }

  #forShopper(codeIfNone: ApiErrorCode): MerchantContext {
    return this.#requireMerchant(codeIfNone).as("shopper");
  }

  #requireMerchant(codeIfNone: ApiErrorCode): MerchantContext {
    if (this.#merchant === null) throw new ApiError(codeIfNone, { isMerchantUnknown: true });
    return this.#merchant;
  }

  #open(): MerchantContext {
    const { name } = this.ctx.id;
    if (name === undefined) throw new TypeError("a merchant object is reached by its name only");
    migrate(this.ctx.storage);
    const merchant = createMerchantContext({
      name,
      config: readConfig(this.env),
      sql: this.ctx.storage.sql,
      tables: this.#tables,
      beforeRequest: () => this.#alarm.scheduleBeforeRequest(),
      sendToQonto: (request, timeoutMs) => this.#sendToQonto(request, timeoutMs),
      transaction: (work) => this.ctx.storage.transactionSync(work),
      // Later, since the transaction that records an event may still be rolled back.
      dispatchSoon: () => void Promise.resolve().then(() => this.#dispatch(merchant)),
      readHintedSoon: () => void this.#readHintedSoon(merchant),
      webhookSender: {
        send: (webhook) => {
          this.#alarm.scheduleBeforeRequest();
          return this.ctx.exports.WebhookSender.send(webhook);
        },
      },
    });
    return merchant;
  }
}

/**
 * Returns the error for a secret key that is unknown or revoked, with a remediation.
 *
 * @param merchant as the key names it. It may not exist.
 */
function inactiveSecretKey(merchant: string): ApiError {
  const message = `No active secret key of merchant ${merchant}: mistyped or revoked? GET /v1/keys with another key lists the active keys and their last characters. The operator replaces all keys with POST /v1/merchants/${merchant}/replace_keys.`;
  return new ApiError("invalid_key", { message });
}
