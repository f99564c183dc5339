import * as z from "zod";
import { StatusTokens } from "../crypto/status-token.ts";
import { ApiError } from "../errors/api-error.ts";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { CHECKOUT_CREATED } from "../openapi/examples.ts";
import { checkoutId } from "../openapi/parameters.ts";
import { answerPage } from "../pages/layout.ts";
import { statusPage } from "../pages/status-page.ts";
import { languageOf } from "../pages/texts/language.ts";
import { shopperProblemResponse } from "./pay/shopper-problem-response.ts";
import { type Route, route } from "./route.ts";

export const statusPages: readonly Route[] = [
  route({
    method: "GET",
    path: "/checkouts/:id",
    caller: "anyone",
    problemPage: shopperProblemResponse,
    answersHead: true,
    handle: async (request, { env, config, params, query }) => {
      const id = params["id"] ?? "";
      const merchant = await new StatusTokens(config.vaultKeys).verify(query.get("token") ?? "", id);
      if (merchant === null) throw new ApiError("checkout_not_found");
      const progress = await callMerchant(env, config, merchant, (object) => object.readProgress(id));
      const language = languageOf(progress.locale ?? request.headers.get("Accept-Language"));
      return answerPage(statusPage(progress, language, Date.now()), config);
    },
    docs: WITH_DOCS && {
      id: "showStatus",
      tag: "Pages",
      summary: "How a payment stands",
      description:
        "The `status_url` of a checkout: for shops without a page of their own. In the shopper's language where that is one of English, French, German, Spanish, Italian, Dutch and Portuguese. It says what is new by itself until there is an end (without a script, by a link), and leads to Qonto's pay page while it can be paid, to `success_url` once it is paid, to `cancel_url` while it is not, and nowhere while a payment is being processed. Qonto's own page leads to none of them.",
      path: checkoutId,
      query: z.object({ token: z.string().describe("The `status_token` of the checkout.") }),
      queryExample: { token: CHECKOUT_CREATED.status_token },
      answers: [
        {
          status: 200,
          description: "The page.",
          texts: { "text/html": "<!doctype html><title>Thank you, this is paid</title>" },
        },
      ],
      errors: ["checkout_not_found", "overloaded"],
    },
  }),
];
