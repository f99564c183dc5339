import { Inject } from "@nestjs/common";
import { Args, Mutation, ResolveField, Resolver } from "@nestjs/graphql";
import { QontoPay } from "@qonto-pay/client";
import { Allow, Ctx, Permission, RequestContext, UserInputError } from "@vendure/core";
import type { QontoPayCheckoutRefused } from "../checkouts/checkout-refused.ts";
import { type QontoPayCheckout, StartCheckout } from "../checkouts/start-checkout.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";

/** Answers `shop-api-schema.ts`. */
@Resolver("QontoPayCheckoutResult")
export class ShopApiResolver {
  readonly #startCheckout: StartCheckout;
  readonly #settleCheckout: SettleCheckout;
  readonly #qontoPay: QontoPay;
  readonly #known: KnownCheckouts;

  constructor(
    @Inject(StartCheckout) startCheckout: StartCheckout,
    @Inject(SettleCheckout) settleCheckout: SettleCheckout,
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(KnownCheckouts) known: KnownCheckouts,
  ) {
    this.#startCheckout = startCheckout;
    this.#settleCheckout = settleCheckout;
    this.#qontoPay = qontoPay;
    this.#known = known;
  }

  @Mutation()
  @Allow(Permission.Owner)
  createQontoPayCheckout(@Ctx() ctx: RequestContext): Promise<QontoPayCheckout | QontoPayCheckoutRefused> {
    return this.#startCheckout.start(ctx);
  }

  @Mutation()
  @Allow(Permission.Public)
  async syncQontoPayCheckout(@Ctx() ctx: RequestContext, @Args("checkoutId") checkoutId: string): Promise<string> {
    // What else the merchant sells is nothing that this shop tells of.
    if (!(await this.#known.isKnown(ctx, checkoutId))) throw new UserInputError("There is no such checkout here.");
    const { status } = await this.#qontoPay.checkouts.sync(checkoutId);
    if (status === "paid") await this.#settleCheckout.settle(checkoutId);
    return status;
  }

  @ResolveField()
  __resolveType(value: QontoPayCheckout | QontoPayCheckoutRefused): string {
    return "url" in value ? "QontoPayCheckout" : "QontoPayCheckoutRefused";
  }
}
