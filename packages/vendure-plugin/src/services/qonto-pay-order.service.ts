import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import {
  ChannelService,
  type ID,
  idsAreEqual,
  Logger,
  type Order,
  OrderService,
  type RequestContext,
  RequestContextService,
} from "@vendure/core";
import { claimedOrder } from "./checkout-metadata.ts";
import { LOG_CONTEXT } from "../constants.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { ShopIdentityService } from "../storage/shop-identity.ts";

/** An order, and the context that it is worked on in: its own channel, and nobody's session. */
export interface FoundOrder {
  readonly ctx: RequestContext;
  readonly order: Order;
}

/** Finds the order that a checkout is for. */
@Injectable()
export class QontoPayOrderService {
  readonly #contexts: RequestContextService;
  readonly #channels: ChannelService;
  readonly #orders: OrderService;
  readonly #known: CheckoutStoreService;
  readonly #identity: ShopIdentityService;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(ChannelService) channels: ChannelService,
    @Inject(OrderService) orders: OrderService,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
    @Inject(ShopIdentityService) identity: ShopIdentityService,
  ) {
    this.#contexts = contexts;
    this.#channels = channels;
    this.#orders = orders;
    this.#known = known;
    this.#identity = identity;
  }

  /**
   * Finds it by the stored id of the checkout, and by the checkout's metadata only where that is not stored, since its
   * answer was lost: the merchant and their other programs can change metadata.
   *
   * Null for a checkout of another shop or of a button: the Worker may serve several of the same merchant. Also null, with
   * a warning in the log, for an order of this shop that was deleted, and for a checkout that is stored here while its
   * metadata names another shop: this database is then a copy of that shop's.
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

  async #orderIdOf(ctx: RequestContext, checkout: CheckoutSnapshot): Promise<string | null> {
    const shopId = await this.#identity.get();
    const claimed = claimedOrder(checkout);
    const known = await this.#known.orderIdOf(ctx, checkout.id);
    const isForeign = claimed.shopId !== undefined && claimed.shopId !== shopId;
    if (!isForeign) return known ?? (claimed.shopId === shopId ? (claimed.orderId ?? null) : null);
    if (known !== null) {
      const why = "its metadata names another shop. Is this database a copy? Look at the payment by hand.";
      Logger.warn(`Qonto checkout ${checkout.id} is stored with the order ${known}, and ${why}`, LOG_CONTEXT);
    }
    return null;
  }

  /**
   * In the channel that the checkout names, else in the order's own. In the default channel where the channel was deleted:
   * Vendure keeps every order in that one as well.
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
