import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import {
  ChannelNotFoundError,
  Logger,
  type Order,
  OrderService,
  type RequestContext,
  RequestContextService,
} from "@vendure/core";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";

/** An order, and the context that it is worked on in: its own channel, and nobody's session. */
export interface FoundOrder {
  readonly ctx: RequestContext;
  readonly order: Order;
}

/** Finds the order that a checkout is for. */
@Injectable()
export class FindOrder {
  readonly #contexts: RequestContextService;
  readonly #orders: OrderService;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(OrderService) orders: OrderService,
  ) {
    this.#contexts = contexts;
    this.#orders = orders;
  }

  /**
   * Null where it is none of this shop's, said in the log where it should be one: the Worker may serve other shops and
   * buttons of the same merchant.
   */
  async ofCheckout(checkout: CheckoutSnapshot): Promise<FoundOrder | null> {
    const named = orderOf(checkout);
    if (named === null) return null;
    const ctx = await this.#contextOf(named.channelToken);
    const order = ctx === null ? undefined : await this.#orders.findOneByCode(ctx, named.code);
    if (ctx !== null && order !== undefined && String(order.id) === named.id) return { ctx, order };
    Logger.warn(`Qonto checkout ${checkout.id} is of the order ${named.code}, which is not here.`, LOG_CONTEXT);
    return null;
  }

  async #contextOf(channelOrToken: string): Promise<RequestContext | null> {
    try {
      return await this.#contexts.create({ apiType: "admin", channelOrToken });
    } catch (error) {
      if (error instanceof ChannelNotFoundError) return null;
      throw error;
    }
  }
}
