import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import {
  EventBus,
  FulfillmentEvent,
  type ID,
  Logger,
  type RequestContext,
  RequestContextService,
  UserInputError,
} from "@vendure/core";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";
import { mayNotBeFulfilled } from "../settling/payment-notes.ts";
import { TellMerchant } from "../settling/tell-merchant.ts";
import { FindShortfall, type Shortfall } from "./find-shortfall.ts";

/** Holds back the goods of orders that less was paid for than they cost. */
@Injectable()
export class HoldUnpaid implements OnApplicationBootstrap {
  readonly #findShortfall: FindShortfall;
  readonly #merchant: TellMerchant;
  readonly #contexts: RequestContextService;
  readonly #eventBus: EventBus;

  constructor(
    @Inject(FindShortfall) findShortfall: FindShortfall,
    @Inject(TellMerchant) merchant: TellMerchant,
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(EventBus) eventBus: EventBus,
  ) {
    this.#findShortfall = findShortfall;
    this.#merchant = merchant;
    this.#contexts = contexts;
    this.#eventBus = eventBus;
  }

  /**
   * A fulfilment is made before any process is asked, and stays when that refuses it: here it is taken back, with the
   * transaction that makes it.
   */
  onApplicationBootstrap(): void {
    this.#eventBus.registerBlockingEventHandler({
      id: "qonto-pay-hold-unpaid",
      event: FulfillmentEvent,
      handler: async ({ ctx, input }) => {
        const orders = input?.orders ?? [];
        const problem = await this.problemOf(
          ctx,
          orders.map(({ id }) => id),
        );
        if (problem !== undefined) throw new UserInputError(problem);
      },
    });
  }

  /** Why goods of these orders may not leave, for the merchant; undefined where they may. */
  async problemOf(ctx: RequestContext, orderIds: readonly ID[]): Promise<string | undefined> {
    for (const id of orderIds) {
      const shortfall = await this.#findShortfall.of(ctx, id);
      if (shortfall === null) continue;
      const problem = mayNotBeFulfilled(shortfall);
      void this.#note(ctx, shortfall, problem);
      return problem;
    }
    return undefined;
  }

  /** In a transaction of its own, and not waited for: the one in which the goods were to leave is often taken back. */
  async #note({ channel }: RequestContext, { order, total, paid }: Shortfall, problem: string): Promise<void> {
    try {
      const ctx = await this.#contexts.create({ apiType: "admin", channelOrToken: channel });
      await this.#merchant.tellOnce(ctx, `unpaid ${order.id} ${total - paid}`, order, problem);
    } catch (error) {
      Logger.error(`Order ${order.code}: ${problem} This could not be noted: ${String(error)}`, LOG_CONTEXT);
    }
  }
}
