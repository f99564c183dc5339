import {
  DefaultOrderCodeStrategy,
  LanguageCode,
  type OrderInterceptor,
  type OrderProcess,
  PaymentMethodEligibilityChecker,
  type RequestContext,
} from "@vendure/core";

/** The code by which a payment method asks the shop's rules. */
export const RULES_CHECKER = "shop-rules";

/** What a merchant has configured of Vendure's own, for a test to change while the shop runs. */
export class ShopRules {
  /** The code of a new order. */
  orderCode: (usual: string) => string = (usual) => usual;
  /** Why a payment method can't be used for any order now. */
  whyNotPay: string | undefined;
  /** Waited for before it is answered whether a payment method can be used for an order. */
  beforePay: (orderCode: string, channelToken: string) => Promise<void> | void = () => {};
  /** Asked before an order gets into another state: answers why not. */
  beforeMove: (orderCode: string, to: string) => Promise<string | void> | string | void = () => {};
  /** Waited for after an order was read, and before what is in it is changed. */
  beforeChange: (orderCode: string) => Promise<void> | void = () => {};
  /** Waited for after something of what is in an order was written, in the transaction that does so. */
  afterChange: (orderCode: string) => Promise<void> | void = () => {};
  /** Done with an order that has got into another state. */
  afterMove: (orderCode: string, to: string) => void = () => {};

  /** As a shop is that has none. */
  reset(): void {
    this.orderCode = (usual) => usual;
    this.whyNotPay = undefined;
    this.beforePay = () => {};
    this.beforeMove = () => {};
    this.beforeChange = () => {};
    this.afterChange = () => {};
    this.afterMove = () => {};
  }

  get orderCodeStrategy(): DefaultOrderCodeStrategy {
    return new RuledOrderCodes(this);
  }

  get orderProcess(): OrderProcess<never> {
    return {
      onTransitionStart: (_from, to, { order }) => this.beforeMove(order.code, to),
      onTransitionEnd: (_from, to, { order }) => this.afterMove(order.code, to),
    };
  }

  get orderInterceptor(): OrderInterceptor {
    return {
      willAddItemToOrder: (_ctx, { code }) => this.beforeChange(code),
      willAdjustOrderLine: (_ctx, { code }) => this.beforeChange(code),
    };
  }

  get eligibilityChecker(): PaymentMethodEligibilityChecker {
    return new PaymentMethodEligibilityChecker({
      code: RULES_CHECKER,
      description: [{ languageCode: LanguageCode.en, value: "The shop's rules" }],
      args: {},
      check: async ({ channel }, { code }) => {
        await this.beforePay(code, channel.token);
        return this.whyNotPay ?? true;
      },
    });
  }
}

class RuledOrderCodes extends DefaultOrderCodeStrategy {
  readonly #rules: ShopRules;

  constructor(rules: ShopRules) {
    super();
    this.#rules = rules;
  }

  override generate(ctx: RequestContext): string {
    return this.#rules.orderCode(super.generate(ctx));
  }
}
