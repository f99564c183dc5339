import type { GraphqlSession } from "./graphql-session.ts";

export interface OfficeOrder {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly totalWithTax: number;
  readonly currencyCode: string;
  readonly payments: readonly {
    readonly id: string;
    readonly state: string;
    readonly amount: number;
    readonly transactionId: string;
    readonly method: string;
  }[];
  /** Notes for the merchant, oldest first. */
  readonly notes: readonly string[];
}

interface Answer {
  readonly orders: {
    readonly items: readonly (Omit<OfficeOrder, "notes"> & {
      readonly history: { readonly items: readonly { readonly data: { readonly note: string } }[] };
    })[];
  };
}

/** Reads an order as the merchant sees it. */
export async function readOrder(admin: GraphqlSession, code: string): Promise<OfficeOrder> {
  const { orders } = await admin.ask<Answer>(
    `query ($code: String!) { orders(options: { filter: { code: { eq: $code } } }) { items {
      id code state totalWithTax currencyCode
      payments { id state amount transactionId method }
      history(options: { filter: { type: { eq: "ORDER_NOTE" } }, sort: { id: ASC } }) { items { data } }
    } } }`,
    { code },
  );
  const [order] = orders.items;
  if (order === undefined) throw new Error(`There is no order ${code}.`);
  return { ...order, notes: order.history.items.map(({ data }) => data.note) };
}

/** Cancels an order. @returns its state, or why it can't be cancelled. */
export async function cancelOrder(admin: GraphqlSession, code: string): Promise<string> {
  const { cancelOrder: answer } = await admin.ask<{ cancelOrder: { state?: string; transitionError?: string } }>(
    `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) {
      ... on Order { state } ... on OrderStateTransitionError { transitionError }
    } }`,
    { input: { orderId: (await readOrder(admin, code)).id } },
  );
  return answer.state ?? answer.transitionError ?? "";
}

const MOVED = "... on Order { state } ... on OrderStateTransitionError { transitionError }";

interface Moved {
  readonly state?: string;
  readonly transitionError?: string;
}

/** Moves an order to a state. @returns its state, or why it can't be moved. */
export async function moveOrder(admin: GraphqlSession, id: string, state: string): Promise<string> {
  const { transitionOrderToState: answer } = await admin.ask<{ transitionOrderToState: Moved }>(
    `mutation ($id: ID!, $state: String!) { transitionOrderToState(id: $id, state: $state) { ${MOVED} } }`,
    { id, state },
  );
  return answer.state ?? answer.transitionError ?? "";
}

/** Records a payment that was made outside of the shop. @returns its id. */
export async function noteManualPayment(admin: GraphqlSession, orderId: string): Promise<string> {
  const { addManualPaymentToOrder: order } = await admin.ask<{
    addManualPaymentToOrder: { payments: readonly { id: string; method: string }[] };
  }>(
    `mutation ($input: ManualPaymentInput!) { addManualPaymentToOrder(input: $input) {
      ... on Order { payments { id method } }
    } }`,
    { input: { orderId, method: "bank transfer", transactionId: "by hand", metadata: {} } },
  );
  return order.payments.find(({ method }) => method === "bank transfer")?.id ?? "";
}

/** Refunds a payment and settles the refund. @returns the state of the refund. */
export async function refundByHand(admin: GraphqlSession, paymentId: string, amount: number): Promise<string> {
  const { refundOrder } = await admin.ask<{ refundOrder: { id: string } }>(
    "mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { id } } }",
    { input: { paymentId, amount, reason: "sorry", lines: [], shipping: 0, adjustment: 0 } },
  );
  const { settleRefund } = await admin.ask<{ settleRefund: { state: string } }>(
    "mutation ($input: SettleRefundInput!) { settleRefund(input: $input) { ... on Refund { state } } }",
    { input: { id: refundOrder.id, transactionId: "given back" } },
  );
  return settleRefund.state;
}
