import { Inject } from "@nestjs/common";
import { Args, Mutation, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { QontoPay } from "@qonto-pay/client";
import { Allow, Ctx, Permission, RequestContext } from "@vendure/core";
import { QontoPayService } from "../services/qonto-pay.service.ts";
import type { QontoPayCheckout, StartedCheckout } from "../types.ts";

/** Resolves `shopApiSchema` of `api-extensions.ts`. */
@Resolver("QontoPayCheckoutResult")
export class QontoPayShopResolver {
  readonly #service: QontoPayService;

  constructor(@Inject(QontoPayService) service: QontoPayService) {
    this.#service = service;
  }

  @Mutation()
  @Allow(Permission.Owner)
  createQontoPayCheckout(@Ctx() ctx: RequestContext): Promise<StartedCheckout> {
    return this.#service.createCheckout(ctx);
  }

  @Mutation()
  @Allow(Permission.Public)
  syncQontoPayCheckout(@Ctx() ctx: RequestContext, @Args("checkoutId") checkoutId: string): Promise<string> {
    return this.#service.syncCheckout(ctx, checkoutId);
  }

  @ResolveField()
  __resolveType(value: StartedCheckout): string {
    if ("url" in value) return "QontoPayCheckout";
    return "orderCode" in value ? "QontoPayNothingDue" : "QontoPayCheckoutRefused";
  }
}

/** Resolves the fields of a checkout that need a call to the Worker. */
@Resolver("QontoPayCheckout")
export class QontoPayCheckoutResolver {
  readonly #qontoPay: QontoPay;

  constructor(@Inject(QontoPay) qontoPay: QontoPay) {
    this.#qontoPay = qontoPay;
  }

  /** Null if the Worker can't be reached: the shopper can pay anyway. */
  @ResolveField()
  async statusUrl(@Parent() { checkoutId }: QontoPayCheckout): Promise<string | null> {
    return this.#qontoPay.checkouts.get(checkoutId).then(
      ({ status_url: statusUrl }) => statusUrl,
      () => null,
    );
  }
}
