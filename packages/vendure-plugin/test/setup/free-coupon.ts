import { LanguageCode } from "@vendure/core";
import type { GraphqlSession } from "./graphql-session.ts";

/** A coupon that makes goods and shipping free. */
export const FREE = "ALLFREE";

export async function offerAllFree(admin: GraphqlSession): Promise<void> {
  await admin.ask("mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { __typename } }", {
    input: {
      enabled: true,
      couponCode: FREE,
      conditions: [],
      actions: [
        { code: "order_percentage_discount", arguments: [{ name: "discount", value: "100" }] },
        { code: "free_shipping", arguments: [] },
      ],
      translations: [{ languageCode: LanguageCode.en, name: "All free", description: "" }],
    },
  });
}
