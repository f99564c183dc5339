import { Inject } from "@nestjs/common";
import { Args, Mutation, ResolveField, Resolver } from "@nestjs/graphql";
import { Allow, Ctx, Permission, RequestContext } from "@vendure/core";
import { QontoPayService, type StartedCheckout } from "../services/qonto-pay.service.ts";
import { SyncCheckout } from "../shop-api/sync-checkout.ts";

/** Answers `shop-api-schema.ts`. */
@Resolver("QontoPayCheckoutResult")
export class QontoPayShopResolver {
  readonly #startCheckout: QontoPayService;
  readonly #syncCheckout: SyncCheckout;

  constructor(
    @Inject(QontoPayService) startCheckout: QontoPayService,
    @Inject(SyncCheckout) syncCheckout: SyncCheckout,
  ) {
    this.#startCheckout = startCheckout;
    this.#syncCheckout = syncCheckout;
  }

  @Mutation()
  @Allow(Permission.Owner)
  createQontoPayCheckout(@Ctx() ctx: RequestContext): Promise<StartedCheckout> {
    return this.#startCheckout.createCheckout(ctx);
  }

  @Mutation()
  @Allow(Permission.Public)
  syncQontoPayCheckout(@Ctx() ctx: RequestContext, @Args("checkoutId") checkoutId: string): Promise<string> {
    return this.#syncCheckout.sync(ctx, checkoutId);
  }

  @ResolveField()
  __resolveType(value: StartedCheckout): string {
    if ("url" in value) return "QontoPayCheckout";
    return "orderCode" in value ? "QontoPayNothingDue" : "QontoPayCheckoutRefused";
  }
}
