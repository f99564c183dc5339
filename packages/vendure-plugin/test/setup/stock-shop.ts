import type { INestApplication } from "@nestjs/common";
import { Importer, LanguageCode, Populator } from "@vendure/core";
import { lastValueFrom } from "rxjs";
import type { GraphqlSession } from "./graphql-session.ts";
import { RULES_CHECKER } from "./shop-rules.ts";

/** Products at 20 % and 5.5 % VAT, with prices whose net amount is not a whole number of cents. */
const PRODUCTS = `
name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Mug,mug,Stoneware,,,,,MUG,9.99,Standard,1000,false,,
Cookbook,cookbook,Paper,,,,,BOOK,24.95,Reduced,1000,false,,
`.trim();

/** 10 % off, an amount that three mugs can't divide evenly. */
export const COUPON = "TENTH";

const text = (name: string) => ({ languageCode: LanguageCode.en, name, description: name });
const argument = (name: string, value: string) => ({ name, value });

/** Fills a new shop with products, VAT rates, shipping, a promotion and the plugin's payment method. */
export async function stockShop(app: INestApplication, admin: GraphqlSession): Promise<void> {
  await app.get(Populator).populateInitialData({
    defaultLanguage: LanguageCode.en,
    defaultZone: "Europe",
    countries: [{ code: "FR", name: "France", zone: "Europe" }],
    taxRates: [
      { name: "Standard", percentage: 20 },
      { name: "Reduced", percentage: 5.5 },
    ],
    shippingMethods: [],
    paymentMethods: [],
    collections: [],
  });
  const { activeChannel } = await admin.ask<{ activeChannel: { id: string } }>("{ activeChannel { id } }");
  await admin.ask("mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename } }", {
    input: {
      id: activeChannel.id,
      pricesIncludeTax: true,
      defaultCurrencyCode: "EUR",
      availableCurrencyCodes: ["EUR", "USD"],
    },
  });
  await lastValueFrom(app.get(Importer).parseAndImport(PRODUCTS, LanguageCode.en));
  await admin.ask("mutation ($input: CreateShippingMethodInput!) { createShippingMethod(input: $input) { id } }", {
    input: {
      code: "parcel",
      fulfillmentHandler: "manual-fulfillment",
      checker: { code: "default-shipping-eligibility-checker", arguments: [argument("orderMinimum", "0")] },
      calculator: {
        code: "default-shipping-calculator",
        arguments: [argument("rate", "490"), argument("includesTax", "include"), argument("taxRate", "20")],
      },
      translations: [text("Parcel")],
    },
  });
  await admin.ask("mutation ($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }", {
    input: {
      code: "qonto",
      enabled: true,
      handler: { code: "qonto-pay", arguments: [] },
      checker: { code: RULES_CHECKER, arguments: [] },
      translations: [text("Qonto")],
    },
  });
  await admin.ask("mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { __typename } }", {
    input: {
      enabled: true,
      couponCode: COUPON,
      conditions: [],
      actions: [{ code: "order_percentage_discount", arguments: [argument("discount", "10")] }],
      translations: [text("A tenth off")],
    },
  });
}
