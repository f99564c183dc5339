import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import {
  ChannelService,
  type ID,
  idsAreEqual,
  Logger,
  type Order,
  OrderService,
  PaymentMethodService,
  type RelationPaths,
  type RequestContext,
  RequestContextService,
  totalCoveredByPayments,
} from "@vendure/core";
import { HANDLER_CODE, LOG_CONTEXT } from "../constants.ts";
import { partsOf } from "./checkout-lines.ts";
import { claimedOrder } from "./checkout-metadata.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";

/** An order, and a context in its own channel, without a session. */
export interface FoundOrder {
  readonly ctx: RequestContext;
  readonly order: Order;
}

/** An order and its amount due. */
export interface OrderWithDue {
  readonly order: Order;
  /** In cents, VAT included. */
  readonly due: number;
}

/** A payment method of the shop with the plugin's handler. */
export interface OurPaymentMethod {
  readonly code: string;
  /** Whether the merchant's conditions allow it for the order. Vendure checks them again when a payment is added. */
  readonly isEligible: boolean;
  /** The reason that the merchant's conditions give. */
  readonly eligibilityMessage?: string | undefined;
}

/** The relations that Vendure needs to compute the prices of an order. */
const TO_PRICE = [
  "lines",
  "lines.productVariant",
  "lines.productVariant.productVariantPrices",
  "shippingLines",
  "surcharges",
  "customer",
] satisfies RelationPaths<Order>;

/** Reads orders by checkout, with their amount due, and with the payment method that records a payment. */
@Injectable()
export class QontoPayOrderService {
  readonly #contexts: RequestContextService;
  readonly #channels: ChannelService;
  readonly #orders: OrderService;
  readonly #methods: PaymentMethodService;
  readonly #store: CheckoutStoreService;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(ChannelService) channels: ChannelService,
    @Inject(OrderService) orders: OrderService,
    @Inject(PaymentMethodService) methods: PaymentMethodService,
    @Inject(CheckoutStoreService) store: CheckoutStoreService,
  ) {
    this.#contexts = contexts;
    this.#channels = channels;
    this.#orders = orders;
    this.#methods = methods;
    this.#store = store;
  }

  /**
   * Finds the order of a checkout by the stored id of the checkout, and by the checkout's metadata only if that id is
   * not stored, because its response was lost: the merchant and their other programs can change metadata.
   *
   * Returns null for a checkout of a button or of another shop of the same merchant. Also returns null, with a warning
   * in the log, for a deleted order of this shop, and for a checkout that is stored here but whose metadata names
   * another shop: then this database is a copy of that shop's.
   */
  async findByCheckout(checkout: CheckoutSnapshot): Promise<FoundOrder | null> {
    const inDefault = await this.#contexts.create({ apiType: "admin" });
    const orderId = await this.#orderIdOf(inDefault, checkout);
    if (orderId === null) return null;
    const ctx = await this.#contextOf(inDefault, orderId, claimedOrder(checkout).channelId);
    const order = await this.#orders.findOne(ctx, orderId);
    if (order !== undefined) return { ctx, order };
    Logger.warn(`Qonto checkout ${checkout.id} is for the order ${orderId}, which was deleted.`, LOG_CONTEXT);
    return null;
  }

  /** Computes the amount due as Vendure does when a payment is added. Returns null if the order no longer exists. */
  async readDue(ctx: RequestContext, orderId: ID): Promise<OrderWithDue | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    order.payments = await this.#orders.getOrderPayments(ctx, orderId);
    return { order, due: order.totalWithTax - totalCoveredByPayments(order) };
  }

  /**
   * Corrects the total of a cart that differs from its parts. Vendure changes carts without a lock: of two changes at
   * once, the second writes a total without the goods of the first, which would then cost nothing. The order keeps its
   * currency.
   *
   * @param ctx in a transaction that has the order's lock.
   */
  async correctTotal(ctx: RequestContext, orderId: ID): Promise<void> {
    const order = await this.#orders.findOne(ctx, orderId, TO_PRICE);
    // A correct total stays: recomputing it could remove a promotion that has ended since.
    if (order === undefined || !order.active || isTotalCorrect(order)) return;
    await this.#orders.applyPriceAdjustments(inCurrencyOf(order, ctx), order);
  }

  /** Returns a payment method, preferably an eligible one; undefined if none is enabled in the order's channel. */
  async findPaymentMethod(ctx: RequestContext, orderId: ID): Promise<OurPaymentMethod | undefined> {
    const active = await this.#methods.getActivePaymentMethods(ctx);
    const ours = new Set(active.filter(({ handler }) => handler.code === HANDLER_CODE).map(({ code }) => code));
    const methods = (await this.#orders.getEligiblePaymentMethods(ctx, orderId)).filter(({ code }) => ours.has(code));
    return methods.find(({ isEligible }) => isEligible) ?? methods[0];
  }

  async #orderIdOf(ctx: RequestContext, checkout: CheckoutSnapshot): Promise<string | null> {
    const shopId = await this.#store.shopId();
    const claimed = claimedOrder(checkout);
    const known = await this.#store.orderIdOf(ctx, checkout.id);
    const isForeign = claimed.shopId !== undefined && claimed.shopId !== shopId;
    if (!isForeign) return known ?? (claimed.shopId === shopId ? (claimed.orderId ?? null) : null);
    if (known !== null) {
      const why = "its metadata names another shop. Is this database a copy? Look at the payment by hand.";
      Logger.warn(`Qonto checkout ${checkout.id} is stored with the order ${known}, and ${why}`, LOG_CONTEXT);
    }
    return null;
  }

  /**
   * Returns a context in the channel that the checkout names, else in the order's own. If that channel was deleted,
   * returns one in the default channel, which contains every order.
   */
  async #contextOf(
    inDefault: RequestContext,
    orderId: string,
    claimedChannelId: string | undefined,
  ): Promise<RequestContext> {
    const channelId = claimedChannelId ?? (await this.#channelIdOf(inDefault, orderId));
    const channel = channelId === undefined ? undefined : await this.#channels.findOne(inDefault, channelId);
    return channel === undefined ? inDefault : this.#contexts.create({ apiType: "admin", channelOrToken: channel });
  }

  async #channelIdOf(inDefault: RequestContext, orderId: string): Promise<ID | undefined> {
    const order = await this.#orders.findOne(inDefault, orderId, ["channels"]);
    return order?.channels.map(({ id }) => id).find((id) => !idsAreEqual(id, inDefault.channelId));
  }
}

/**
 * Returns a copy of the context with the currency of an order, in the same session and transaction. Vendure prices an
 * order in the currency of the context, which is the one that the shopper has chosen, or the channel's default.
 */
export function inCurrencyOf({ currencyCode }: Order, ctx: RequestContext): RequestContext {
  const own = ctx.copy();
  // Like Vendure's `updateOrderCurrency`. A newly created context would be outside of the transaction.
  Object.assign(own, { _currencyCode: currencyCode });
  return own;
}

/** Compares the total with its parts. Tolerates taxes that are rounded for the whole order instead of each part. */
function isTotalCorrect(order: Order): boolean {
  const parts = partsOf(order);
  const sum = parts.reduce((cents, part) => cents + part.cents, 0);
  return Math.abs(sum - order.totalWithTax) <= parts.length;
}
