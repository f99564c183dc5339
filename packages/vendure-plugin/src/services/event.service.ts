import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, type MerchantEvent, QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, TransactionalConnection } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { FailedEvent } from "../entities/failed-event.entity.ts";
import { AccessService } from "./access.service.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";
import { notHandled, otherAmountPaid, paidAgain, paidOldLink } from "./payment-notes.ts";
import { QontoPayOrderService } from "./qonto-pay-order.service.ts";
import { SettlementService } from "./settlement.service.ts";

/** An event that still fails then hardly fails by chance: the merchant has to look. */
const NOTIFY_AFTER = 3;

/** Handles the Worker's events, whether a webhook has brought one or it was read afterwards. It may come any number of times. */
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
   * An end without a payment changes no order: the shopper may try again, and a payment may have come meanwhile.
   *
   * @throws what may pass: the same event is handled again later.
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
   * Handles an event that was read, and stores it for later if that fails: the events after it don't wait for it.
   *
   * @returns whether it is handled.
   * @throws if the Worker is away: all other events would fail, too.
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

  /** Handles again what has failed before. @throws as `handleOrStore`. */
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

/** What the merchant has to know of an event; null if there is nothing. */
function noteOf({ type, data }: MerchantEvent, checkout: CheckoutSnapshot): string | null {
  const { payment, duplicate_of: first } = data;
  if (type === "checkout.amount_mismatch") return otherAmountPaid(checkout, payment);
  if (type === "checkout.paid_after_superseded") return paidOldLink(checkout);
  // Of two checkouts of an order, the later payment was settled, or noted, with its own checkout.paid.
  return type === "checkout.duplicate_payment" && first === checkout.id ? paidAgain(checkout, payment) : null;
}

/** What went wrong, for the log. */
export function problemOf(error: unknown): string {
  if (error instanceof QontoPayError) return [error.code, error.requestId].filter(Boolean).join(" ");
  if (error instanceof QontoPayConnectionError) return error.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Codes of errors that every event would meet now. Others, such as `qonto_refused`, belong to one checkout. */
const AWAY: readonly string[] = ["overloaded", "qonto_rate_limited", "qonto_unavailable", "unexpected_answer"];

/** Tells whether no other event could be handled now either: the Worker can't be reached or rejects the secret key. */
function isWorkerAway(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  return error.status === 401 || error.status === 429 || AWAY.includes(error.code);
}
