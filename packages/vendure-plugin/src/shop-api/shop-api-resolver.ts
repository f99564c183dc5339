import { Inject } from "@nestjs/common";
import { Args, Mutation, ResolveField, Resolver } from "@nestjs/graphql";
import { QontoPay } from "@qonto-pay/client";
import { Allow, Ctx, Permission, RequestContext } from "@vendure/core";
import type { QontoPayCheckoutRefused } from "../checkouts/checkout-refused.ts";
import { type QontoPayCheckout, StartCheckout } from "../checkouts/start-checkout.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";

/** Answers `shop-api-schema.ts`. */
@Resolver("QontoPayCheckoutResult")
export class ShopApiResolver {
  readonly #startCheckout: StartCheckout;
  readonly #settleCheckout: SettleCheckout;
  readonly #qontoPay: QontoPay;

  constructor(
    @Inject(StartCheckout) startCheckout: StartCheckout,
    @Inject(SettleCheckout) settleCheckout: SettleCheckout,
    @Inject(QontoPay) qontoPay: QontoPay,
  ) {
    this.#startCheckout = startCheckout;
    this.#settleCheckout = settleCheckout;
    this.#qontoPay = qontoPay;
  }

  @Mutation()
  @Allow(Permission.Owner)
  createQontoPayCheckout(@Ctx() ctx: RequestContext): Promise<QontoPayCheckout | QontoPayCheckoutRefused> {
    return this.#startCheckout.start(ctx);
  }

  @Mutation()
  @Allow(Permission.Public)
  async syncQontoPayCheckout(@Args("checkoutId") checkoutId: string): Promise<string> {
    const { status } = await this.#qontoPay.checkouts.sync(checkoutId);
    if (status === "paid") await this.#settleCheckout.settle(checkoutId);
    return status;
  }

  @ResolveField()
  __resolveType(value: QontoPayCheckout | QontoPayCheckoutRefused): string {
    return "url" in value ? "QontoPayCheckout" : "QontoPayCheckoutRefused";
  }
}
