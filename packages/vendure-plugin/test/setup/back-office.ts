import type { GraphqlSession } from "./graphql-session.ts";

export interface OfficeOrder {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly totalWithTax: number;
  readonly payments: readonly {
    readonly id: string;
    readonly state: string;
    readonly amount: number;
    readonly transactionId: string;
    readonly method: string;
  }[];
  /** What was noted for the merchant, oldest first. */
  readonly notes: readonly string[];
}

interface Answer {
  readonly orders: {
    readonly items: readonly (Omit<OfficeOrder, "notes"> & {
      readonly history: { readonly items: readonly { readonly data: { readonly note: string } }[] };
    })[];
  };
}

/** The order as the merchant sees it. */
export async function readOrder(admin: GraphqlSession, code: string): Promise<OfficeOrder> {
  const { orders } = await admin.ask<Answer>(
    `query ($code: String!) { orders(options: { filter: { code: { eq: $code } } }) { items {
      id code state totalWithTax
      payments { id state amount transactionId method }
      history(options: { filter: { type: { eq: "ORDER_NOTE" } }, sort: { id: ASC } }) { items { data } }
    } } }`,
    { code },
  );
  const [order] = orders.items;
  if (order === undefined) throw new Error(`there is no order ${code}`);
  return { ...order, notes: order.history.items.map(({ data }) => data.note) };
}

/** @returns the order's state, or why it can't be cancelled. */
export async function cancelOrder(admin: GraphqlSession, code: string): Promise<string> {
  const { cancelOrder: answer } = await admin.ask<{ cancelOrder: { state?: string; transitionError?: string } }>(
    `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) {
      ... on Order { state } ... on OrderStateTransitionError { transitionError }
    } }`,
    { input: { orderId: (await readOrder(admin, code)).id } },
  );
  return answer.state ?? answer.transitionError ?? "";
}
