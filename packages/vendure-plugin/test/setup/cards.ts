import { LanguageCode, PaymentMethodHandler } from "@vendure/core";
import type { GraphqlSession } from "./graphql-session.ts";

/** Another payment method, which authorizes an amount until the merchant settles the payment. */

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

/** Enables cards in the shop. */
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

/** Authorizes an amount in cents for the shopper's cart, which must be in `ArrangingPayment`. */
export async function authorizeByCard(shopper: GraphqlSession, cents: number): Promise<void> {
  await shopper.ask("mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }", {
    input: { method: CARD, metadata: { cents } },
  });
}

/** Settles a payment. @returns its state. */
export async function settlePayment(admin: GraphqlSession, id: string): Promise<string> {
  const { settlePayment: payment } = await admin.ask<{ settlePayment: { state: string } }>(
    "mutation ($id: ID!) { settlePayment(id: $id) { ... on Payment { state } } }",
    { id },
  );
  return payment.state;
}

/** Cancels a payment. @returns its state. */
export async function cancelPayment(admin: GraphqlSession, id: string): Promise<string> {
  const { cancelPayment: payment } = await admin.ask<{ cancelPayment: { state: string } }>(
    "mutation ($id: ID!) { cancelPayment(id: $id) { ... on Payment { state } } }",
    { id },
  );
  return payment.state;
}
