import { Inject, Injectable } from "@nestjs/common";
import { type ID, OrderService, PaymentMethodService, type RequestContext } from "@vendure/core";
import { HANDLER_CODE } from "../constants.ts";

/** A payment method of the shop's with our handler. */
export interface OurMethod {
  readonly code: string;
  /** Whether the merchant's own conditions let the order be paid by it; Vendure asks again when a payment is added. */
  readonly isEligible: boolean;
  /** Why not, where the merchant's conditions say so. */
  readonly eligibilityMessage?: string | undefined;
}

/** Finds the payment method that a payment is booked by. */
@Injectable()
export class OurPaymentMethod {
  readonly #orders: OrderService;
  readonly #methods: PaymentMethodService;

  constructor(@Inject(OrderService) orders: OrderService, @Inject(PaymentMethodService) methods: PaymentMethodService) {
    this.#orders = orders;
    this.#methods = methods;
  }

  /** An eligible one where there are several; undefined where none is enabled in the order's channel. */
  async find(ctx: RequestContext, orderId: ID): Promise<OurMethod | undefined> {
    const active = await this.#methods.getActivePaymentMethods(ctx);
    const ours = new Set(active.filter(({ handler }) => handler.code === HANDLER_CODE).map(({ code }) => code));
    const methods = (await this.#orders.getEligiblePaymentMethods(ctx, orderId)).filter(({ code }) => ours.has(code));
    return methods.find(({ isEligible }) => isEligible) ?? methods[0];
  }
}
