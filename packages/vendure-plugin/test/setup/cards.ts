import { LanguageCode, PaymentMethodHandler } from "@vendure/core";
import type { GraphqlSession } from "./graphql-session.ts";

/** A payment method besides ours: money that a bank keeps ready, and gives when the merchant settles the payment. */

const CARD = "card";

export const cardHandler = new PaymentMethodHandler({
  code: CARD,
  description: [{ languageCode: LanguageCode.en, value: "Card" }],
  args: {},
  createPayment: (_ctx, _order, _due, _args, { cents }) => ({
    amount: Number(cents),
    state: "Authorized",
    metadata: {},
  }),
  settlePayment: () => ({ success: true }),
  cancelPayment: () => ({ success: true }),
});

/** Has the shop take cards. */
export async function takeCards(admin: GraphqlSession): Promise<void> {
  await admin.ask("mutation ($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }", {
    input: {
      code: CARD,
      enabled: true,
      handler: { code: CARD, arguments: [] },
      translations: [{ languageCode: LanguageCode.en, name: "Card", description: "" }],
    },
  });
}

/** A shopper, whose cart is in `ArrangingPayment`, has so many cents of it authorized. */
export async function authorizeByCard(shopper: GraphqlSession, cents: number): Promise<void> {
  await shopper.ask("mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }", {
    input: { method: CARD, metadata: { cents } },
  });
}

/** @returns the state of the payment. */
export async function settlePayment(admin: GraphqlSession, id: string): Promise<string> {
  const { settlePayment: payment } = await admin.ask<{ settlePayment: { state: string } }>(
    "mutation ($id: ID!) { settlePayment(id: $id) { ... on Payment { state } } }",
    { id },
  );
  return payment.state;
}

/** @returns the state of the payment. */
export async function cancelPayment(admin: GraphqlSession, id: string): Promise<string> {
  const { cancelPayment: payment } = await admin.ask<{ cancelPayment: { state: string } }>(
    "mutation ($id: ID!) { cancelPayment(id: $id) { ... on Payment { state } } }",
    { id },
  );
  return payment.state;
}
