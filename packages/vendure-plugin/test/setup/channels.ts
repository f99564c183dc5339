import { LanguageCode } from "@vendure/core";
import type { GraphqlSession } from "./graphql-session.ts";

/** The channels that a shop sells in. */

export interface SalesChannel {
  readonly id: string;
  readonly token: string;
}

const CHANNEL = "id token defaultTaxZone { id } defaultShippingZone { id }";

/** Returns the default channel. */
export async function defaultChannel(admin: GraphqlSession): Promise<SalesChannel> {
  const { activeChannel } = await admin.ask<{ activeChannel: SalesChannel }>("{ activeChannel { id token } }");
  return activeChannel;
}

/** Creates another channel in euros, with all products and methods of the shop. */
export async function openChannel(admin: GraphqlSession): Promise<SalesChannel> {
  const { activeChannel, products, shippingMethods, paymentMethods, sellers } = await admin.ask<{
    activeChannel: { defaultTaxZone: { id: string }; defaultShippingZone: { id: string } };
    products: Listed;
    shippingMethods: Listed;
    paymentMethods: Listed;
    sellers: Listed;
  }>(
    `{ activeChannel { ${CHANNEL} } products { items { id } } shippingMethods { items { id } }
      paymentMethods { items { id } } sellers { items { id } } }`,
  );
  const name = `channel-${crypto.randomUUID()}`;
  const { createChannel } = await admin.ask<{ createChannel: SalesChannel }>(
    "mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ... on Channel { id token } } }",
    {
      input: {
        code: name,
        token: name,
        defaultLanguageCode: LanguageCode.en,
        pricesIncludeTax: true,
        defaultCurrencyCode: "EUR",
        defaultTaxZoneId: activeChannel.defaultTaxZone.id,
        defaultShippingZoneId: activeChannel.defaultShippingZone.id,
        sellerId: sellers.items[0]?.id,
      },
    },
  );
  const ids = ({ items }: Listed) => items.map(({ id }) => id);
  await admin.ask(
    `mutation ($products: AssignProductsToChannelInput!, $shipping: AssignShippingMethodsToChannelInput!,
      $payment: AssignPaymentMethodsToChannelInput!) {
      assignProductsToChannel(input: $products) { id }
      assignShippingMethodsToChannel(input: $shipping) { id }
      assignPaymentMethodsToChannel(input: $payment) { id }
    }`,
    {
      products: { channelId: createChannel.id, productIds: ids(products) },
      shipping: { channelId: createChannel.id, shippingMethodIds: ids(shippingMethods) },
      payment: { channelId: createChannel.id, paymentMethodIds: ids(paymentMethods) },
    },
  );
  return createChannel;
}

/** Gives a channel a new token and code, as a merchant may do. @returns the token. */
export async function renameChannel(admin: GraphqlSession, { id }: SalesChannel): Promise<string> {
  const token = `renamed-${crypto.randomUUID()}`;
  const { activeChannel } = await admin.ask<{ activeChannel: { id: string } }>("{ activeChannel { id } }");
  await admin.ask("mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { ... on Channel { id } } }", {
    // Vendure does not rename the default channel's code.
    input: { id, token, ...(id !== activeChannel.id && { code: token }) },
  });
  return token;
}

interface Listed {
  readonly items: readonly { readonly id: string }[];
}
