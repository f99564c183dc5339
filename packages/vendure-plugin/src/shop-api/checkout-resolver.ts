import { Inject } from "@nestjs/common";
import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { QontoPay } from "@qonto-pay/client";
import type { QontoPayCheckout } from "../services/qonto-pay.service.ts";

/** What the Worker is asked for only where a storefront wants it of a checkout. */
@Resolver("QontoPayCheckout")
export class QontoPayCheckoutResolver {
  readonly #qontoPay: QontoPay;

  constructor(@Inject(QontoPay) qontoPay: QontoPay) {
    this.#qontoPay = qontoPay;
  }

  /** Null where the Worker can't be asked: the shopper can pay all the same. */
  @ResolveField()
  async statusUrl(@Parent() { checkoutId }: QontoPayCheckout): Promise<string | null> {
    return this.#qontoPay.checkouts.get(checkoutId).then(
      ({ status_url: statusUrl }) => statusUrl,
      () => null,
    );
  }
}
