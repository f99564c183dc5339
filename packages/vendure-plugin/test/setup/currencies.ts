import type { GraphqlSession } from "./graphql-session.ts";

/** The currencies that a shop sells in. */

/** Adds a price in another currency to a product with one variant. @param price in minor units, VAT included. */
export async function priceIn(
  admin: GraphqlSession,
  currencyCode: string,
  product: string,
  price: number,
): Promise<void> {
  const { products } = await admin.ask<{ products: { items: { name: string; variants: { id: string }[] }[] } }>(
    "{ products { items { name variants { id } } } }",
  );
  const id = products.items.find(({ name }) => name === product)?.variants[0]?.id;
  await admin.ask("mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }", {
    input: [{ id, prices: [{ currencyCode, price }] }],
  });
}

/** Sets the default currency of the shop. */
export async function sellIn(admin: GraphqlSession, currencyCode: string): Promise<void> {
  const { activeChannel } = await admin.ask<{ activeChannel: { id: string } }>("{ activeChannel { id } }");
  await admin.ask("mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename } }", {
    input: { id: activeChannel.id, defaultCurrencyCode: currencyCode },
  });
}
