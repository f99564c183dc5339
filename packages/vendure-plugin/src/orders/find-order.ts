import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import {
  ChannelService,
  Logger,
  type Order,
  OrderService,
  type RequestContext,
  RequestContextService,
} from "@vendure/core";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";
import { ShopIdentity } from "../storage/shop-identity.ts";

/** An order, and the context that it is worked on in: its own channel, and nobody's session. */
export interface FoundOrder {
  readonly ctx: RequestContext;
  readonly order: Order;
}

/** Finds the order that a checkout is for. */
@Injectable()
export class FindOrder {
  readonly #contexts: RequestContextService;
  readonly #channels: ChannelService;
  readonly #orders: OrderService;
  readonly #identity: ShopIdentity;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(ChannelService) channels: ChannelService,
    @Inject(OrderService) orders: OrderService,
    @Inject(ShopIdentity) identity: ShopIdentity,
  ) {
    this.#contexts = contexts;
    this.#channels = channels;
    this.#orders = orders;
    this.#identity = identity;
  }

  /**
   * Null for a checkout of another shop or of a button: the Worker may serve several of the same merchant. Also null, with
   * a warning in the log, for an order of this shop that was deleted.
   */
  async ofCheckout(checkout: CheckoutSnapshot): Promise<FoundOrder | null> {
    const identity = orderOf(checkout);
    if (identity === null || identity.shopId !== (await this.#identity.get())) return null;
    const ctx = await this.#contextIn(identity.channelId);
    const order = await this.#orders.findOne(ctx, identity.orderId);
    if (order !== undefined) return { ctx, order };
    Logger.warn(`Qonto checkout ${checkout.id} is for the order ${identity.orderId}, which was deleted.`, LOG_CONTEXT);
    return null;
  }

  /** In the default channel where the channel was deleted: Vendure keeps every order in that one as well. */
  async #contextIn(channelId: string): Promise<RequestContext> {
    const inDefault = await this.#contexts.create({ apiType: "admin" });
    const channel = await this.#channels.findOne(inDefault, channelId);
    return channel === undefined ? inDefault : this.#contexts.create({ apiType: "admin", channelOrToken: channel });
  }
}
