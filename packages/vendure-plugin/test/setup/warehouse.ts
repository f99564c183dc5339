import type { GraphqlSession } from "./graphql-session.ts";

export interface Parcel {
  readonly id: string;
  readonly state: string;
}

/** Returns the parcels of an order. */
export async function parcelsOf(admin: GraphqlSession, orderId: string): Promise<readonly Parcel[]> {
  const { order } = await admin.ask<{ order: { fulfillments: readonly Parcel[] } }>(
    "query ($id: ID!) { order(id: $id) { fulfillments { id state } } }",
    { id: orderId },
  );
  return order.fulfillments;
}

/** Packs a parcel with one of each line. @returns its id. @throws Error with why it can't be packed. */
export async function packOneOfEach(admin: GraphqlSession, orderId: string): Promise<string> {
  const { order } = await admin.ask<{ order: { lines: readonly { id: string }[] } }>(
    "query ($id: ID!) { order(id: $id) { lines { id } } }",
    { id: orderId },
  );
  const { addFulfillmentToOrder } = await admin.ask<{
    addFulfillmentToOrder: { id: string } | { message: string };
  }>(
    `mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) {
      ... on Fulfillment { id } ... on ErrorResult { message }
    } }`,
    {
      input: {
        lines: order.lines.map(({ id }) => ({ orderLineId: id, quantity: 1 })),
        handler: {
          code: "manual-fulfillment",
          arguments: [
            { name: "method", value: "Parcel" },
            { name: "trackingCode", value: "" },
          ],
        },
      },
    },
  );
  if ("message" in addFulfillmentToOrder) throw new Error(addFulfillmentToOrder.message);
  return addFulfillmentToOrder.id;
}

/** Moves a parcel to a state. @returns its state, or why it can't be moved. */
export async function moveParcel(admin: GraphqlSession, id: string, state: string): Promise<string> {
  const { transitionFulfillmentToState: answer } = await admin.ask<{
    transitionFulfillmentToState: { state?: string; transitionError?: string };
  }>(
    `mutation ($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, state: $state) {
      ... on Fulfillment { state } ... on FulfillmentStateTransitionError { transitionError }
    } }`,
    { id, state },
  );
  return answer.state ?? answer.transitionError ?? "";
}
