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
    rateLimit: "READ_RATE_LIMIT",
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
      summary: "Show the status of a payment",
      description:
        "The `status_url` of a checkout, for shops without a status page of their own. In the shopper's language if it is English, French, German, Spanish, Italian, Dutch or Portuguese. The page updates automatically until the status is final; without JavaScript, it has a link to reload it. It links to Qonto's pay page while the checkout can be paid, to `success_url` once it is paid, to `cancel_url` while it is not, and to nothing while a payment is processing. Qonto's own page links to none of them.",
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
