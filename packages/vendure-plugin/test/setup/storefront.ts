import type { GraphqlSession } from "./graphql-session.ts";

export interface PayAnswer {
  readonly __typename: string;
  readonly checkoutId: string;
  readonly url: string;
  readonly message: string;
  readonly orderCode: string;
  readonly state: string;
  readonly successUrl: string;
}

export interface ShopOrder {
  readonly code: string;
  readonly state: string;
  readonly totalWithTax: number;
}

/** A shopper in the storefront: makes the calls of its pages. */
export class Storefront {
  readonly session: GraphqlSession;

  constructor(session: GraphqlSession) {
    this.session = session;
  }

  async browse(): Promise<readonly { readonly name: string; readonly variantId: string }[]> {
    const { products } = await this.session.ask<{
      products: { items: { name: string; variants: { id: string }[] }[] };
    }>("{ products { items { name variants { id } } } }");
    return products.items.map(({ name, variants }) => ({ name, variantId: variants[0]?.id ?? "" }));
  }

  async add(product: string, quantity: number): Promise<void> {
    const found = (await this.browse()).find(({ name }) => name === product);
    await this.session.ask(
      "mutation ($id: ID!, $quantity: Int!) { addItemToOrder(productVariantId: $id, quantity: $quantity) { __typename } }",
      { id: found?.variantId, quantity },
    );
  }

  /** Sets the quantity of the first line. */
  async adjust(quantity: number): Promise<void> {
    const { activeOrder } = await this.session.ask<{ activeOrder: { lines: readonly { id: string }[] } }>(
      "{ activeOrder { lines { id } } }",
    );
    await this.session.ask(
      "mutation ($id: ID!, $quantity: Int!) { adjustOrderLine(orderLineId: $id, quantity: $quantity) { __typename } }",
      { id: activeOrder.lines[0]?.id, quantity },
    );
  }

  /** Views the shop in another currency. The cart keeps its currency until it is changed. */
  chooseCurrency(currencyCode: string): void {
    this.session.setParameter("currencyCode", currencyCode);
  }

  async useCoupon(code: string): Promise<void> {
    await this.session.ask("mutation ($code: String!) { applyCouponCode(couponCode: $code) { __typename } }", { code });
  }

  async dropCoupon(code: string): Promise<void> {
    await this.session.ask("mutation ($code: String!) { removeCouponCode(couponCode: $code) { __typename } }", {
      code,
    });
  }

  /** Sets the customer, the address and the shipping method. */
  async giveAddress(): Promise<void> {
    const customer = { firstName: "Ada", lastName: "L", emailAddress: `${crypto.randomUUID()}@shopper.example` };
    const address = { fullName: "Ada L", streetLine1: "1 Quay", city: "Brest", postalCode: "29200", countryCode: "FR" };
    await this.session.ask(
      `mutation ($customer: CreateCustomerInput!, $address: CreateAddressInput!) {
        setCustomerForOrder(input: $customer) { __typename }
        setOrderShippingAddress(input: $address) { __typename }
      }`,
      { customer, address },
    );
    const { eligibleShippingMethods: methods } = await this.session.ask<{ eligibleShippingMethods: { id: string }[] }>(
      "{ eligibleShippingMethods { id } }",
    );
    await this.session.ask(
      "mutation ($ids: [ID!]!) { setOrderShippingMethod(shippingMethodId: $ids) { __typename } }",
      {
        ids: methods.map(({ id }) => id),
      },
    );
  }

  /** Fills the cart so that it can be paid. */
  async fillCart(product: string, quantity: number): Promise<void> {
    await this.add(product, quantity);
    await this.giveAddress();
  }

  async pay(): Promise<PayAnswer> {
    const { createQontoPayCheckout } = await this.session.ask<{ createQontoPayCheckout: PayAnswer }>(
      `mutation { createQontoPayCheckout {
        __typename
        ... on QontoPayCheckout { checkoutId url }
        ... on QontoPayNothingDue { orderCode state successUrl }
        ... on QontoPayCheckoutRefused { errorCode message }
      } }`,
    );
    return createQontoPayCheckout;
  }

  /** Returns the Worker's status page of the cart's payment. */
  async statusUrl(): Promise<string | null> {
    const { createQontoPayCheckout } = await this.session.ask<{ createQontoPayCheckout: { statusUrl: string | null } }>(
      "mutation { createQontoPayCheckout { ... on QontoPayCheckout { statusUrl } } }",
    );
    return createQontoPayCheckout.statusUrl;
  }

  async sync(checkoutId: string): Promise<string> {
    const { syncQontoPayCheckout } = await this.session.ask<{ syncQontoPayCheckout: string }>(
      "mutation ($id: String!) { syncQontoPayCheckout(checkoutId: $id) }",
      { id: checkoutId },
    );
    return syncQontoPayCheckout;
  }

  /** Moves the cart to a state. @returns its state, or why it can't be moved. */
  async goTo(state: string): Promise<string> {
    const { transitionOrderToState: answer } = await this.session.ask<{
      transitionOrderToState: { state?: string; transitionError?: string };
    }>(
      `mutation ($state: String!) { transitionOrderToState(state: $state) {
        ... on Order { state } ... on OrderStateTransitionError { transitionError }
      } }`,
      { state },
    );
    return answer.state ?? answer.transitionError ?? "";
  }

  async cart(): Promise<ShopOrder | null> {
    const { activeOrder } = await this.session.ask<{ activeOrder: ShopOrder | null }>(
      "{ activeOrder { code state totalWithTax } }",
    );
    return activeOrder;
  }
}
