import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, type MerchantEvent, QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, TransactionalConnection } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { FailedEvent } from "../entities/failed-event.entity.ts";
import { AccessService } from "./access.service.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";
import { notHandled, otherAmountPaid, paidAgain, paidOldLink, unmatchedPayment } from "./payment-notes.ts";
import { QontoPayOrderService } from "./qonto-pay-order.service.ts";
import { SettlementService } from "./settlement.service.ts";

/** After this many failed attempts, the error is probably not temporary, and the merchant gets a note. */
const NOTIFY_AFTER = 3;

/** Handles the Worker's events, from webhooks and from the list of events. Idempotent. */
@Injectable()
export class EventService {
  readonly #settlement: SettlementService;
  readonly #ownOrders: QontoPayOrderService;
  readonly #notes: MerchantNoteService;
  readonly #access: AccessService;
  readonly #connection: TransactionalConnection;

  constructor(
    @Inject(SettlementService) settlement: SettlementService,
    @Inject(QontoPayOrderService) ownOrders: QontoPayOrderService,
    @Inject(MerchantNoteService) notes: MerchantNoteService,
    @Inject(AccessService) access: AccessService,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
  ) {
    this.#settlement = settlement;
    this.#ownOrders = ownOrders;
    this.#notes = notes;
    this.#access = access;
    this.#connection = connection;
  }

  /**
   * Handles one event. The end of an unpaid checkout changes no order: the shopper may try again, or may have paid
   * meanwhile.
   *
   * @throws for temporary errors: the event is retried later.
   */
  async handle(event: MerchantEvent): Promise<void> {
    const { id, type, data } = event;
    await this.#access.publish(event);
    const { checkout } = data;
    const note = checkout === undefined ? null : noteOf(event, checkout);
    if (checkout === undefined || (type !== "checkout.paid" && note === null)) return;
    const found = await this.#ownOrders.findByCheckout(checkout);
    if (found === null) return;
    if (note === null) await this.#settlement.settle(checkout.id);
    else await this.#notes.addOnce(found.ctx, id, found.order, note);
  }

  /**
   * Handles an event, and stores it for a retry if that fails, so that it does not block later events.
   *
   * @returns whether the event is handled.
   * @throws if the Worker can't be reached: all other events would fail, too.
   */
  async handleOrStore(event: MerchantEvent): Promise<boolean> {
    try {
      await this.handle(event);
      return true;
    } catch (error) {
      if (isWorkerAway(error)) throw error;
      await this.#store(event, error);
      return false;
    }
  }

  /** Retries the stored events. @throws as `handleOrStore`. */
  async retryFailed(): Promise<void> {
    const rows = await this.#failed().find({ order: { eventId: "ASC" } });
    for (const { event } of rows) {
      if (await this.handleOrStore(event)) await this.#failed().delete({ eventId: event.id });
    }
  }

  async #store(event: MerchantEvent, error: unknown): Promise<void> {
    const { id: eventId, type, data } = event;
    const first = { eventId, event, attempts: 0 };
    await this.#failed().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    await this.#failed().increment({ eventId }, "attempts", 1);
    const attempts = (await this.#failed().findOneBy({ eventId }))?.attempts ?? 1;
    Logger.error(`Event ${eventId} can't be handled (attempt ${attempts}): ${problemOf(error)}`, LOG_CONTEXT);
    const { checkout } = data;
    if (attempts < NOTIFY_AFTER || checkout === undefined) return;
    const found = await this.#ownOrders.findByCheckout(checkout);
    if (found === null) return;
    await this.#notes.addOnce(found.ctx, `failed ${eventId}`, found.order, notHandled(type, checkout));
  }

  #failed() {
    return this.#connection.rawConnection.getRepository(FailedEvent);
  }
}

/** Returns the note for the merchant about an event; null if there is none. */
function noteOf({ type, data }: MerchantEvent, checkout: CheckoutSnapshot): string | null {
  const { payment, duplicate_of: first } = data;
  if (type === "checkout.amount_mismatch") return otherAmountPaid(checkout, payment);
  if (type === "checkout.paid_after_superseded") return paidOldLink(checkout);
  if (type === "payment.unmatched") return unmatchedPayment(data.payment_link, payment);
  // If the first payment is of another checkout, the later one was settled or noted with its own checkout.paid.
  return type === "checkout.duplicate_payment" && first === checkout.id ? paidAgain(checkout, payment) : null;
}

/** Describes an error for the log. */
export function problemOf(error: unknown): string {
  if (error instanceof QontoPayError) return [error.code, error.requestId].filter(Boolean).join(" ");
  if (error instanceof QontoPayConnectionError) return error.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Codes of errors that would affect every event. Others, such as `qonto_refused`, concern one checkout. */
const AWAY: readonly string[] = ["overloaded", "qonto_rate_limited", "qonto_unavailable", "unexpected_answer"];

/** Checks whether every event would fail now, because the Worker can't be reached or rejects the secret key. */
function isWorkerAway(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  return error.status === 401 || error.status === 429 || AWAY.includes(error.code);
}
