import {
  DefaultOrderCodeStrategy,
  LanguageCode,
  type OrderInterceptor,
  type OrderProcess,
  PaymentMethodEligibilityChecker,
  type RequestContext,
} from "@vendure/core";

/** The code of the eligibility checker that applies the shop's rules. */
export const RULES_CHECKER = "shop-rules";

/** The merchant's own configuration of Vendure, which tests change while the shop runs. */
export class ShopRules {
  /** Returns the code of a new order. */
  orderCode: (usual: string) => string = (usual) => usual;
  /** The reason why the payment method is not eligible for any order; undefined if it is. */
  whyNotPay: string | undefined;
  /** Runs before the eligibility of a payment method is checked. */
  beforePay: (orderCode: string, channelToken: string) => Promise<void> | void = () => {};
  /** Runs before a state transition of an order. Returns a reason to reject it. */
  beforeMove: (orderCode: string, to: string) => Promise<string | void> | string | void = () => {};
  /** Runs after an order was read and before its lines are changed. */
  beforeChange: (orderCode: string) => Promise<void> | void = () => {};
  /** Runs after a line of an order was written, in the same transaction. */
  afterChange: (orderCode: string) => Promise<void> | void = () => {};
  /** Runs after a state transition of an order. */
  afterMove: (orderCode: string, to: string) => void = () => {};

  /** Removes all rules. */
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
