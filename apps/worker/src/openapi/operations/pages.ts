import { z } from "zod";
import { OF_MINTING, OF_QONTO } from "../documented-codes.ts";
import { CHECKOUT_CREATED, CONNECT_LINK } from "../examples.ts";
import type { Answer, Operations } from "../operation.ts";
import { checkoutId, merchantName, publishableKeyAndProduct } from "../parameters.ts";

const page: Answer = {
  status: 200,
  description: "The page.",
  texts: { "text/html": "<!doctype html><title>Connect your Qonto account</title>" },
};

const onwards: Answer = { status: 303, description: "On to `Location`." };

const connectQuerySchema = z.object({
  token: z.string().describe("Of a link that was not used yet.").optional(),
});

const callbackQuerySchema = z.object({
  state: z.string().describe("What the consent was asked with."),
  code: z.string().describe("Where the consent was given.").optional(),
  error: z.string().describe("Where it was not.").optional(),
});

const statusQuerySchema = z.object({ token: z.string().describe("The `status_token` of the checkout.") });

const beginFormSchema = z.object({ token: z.string() });

const businessFormSchema = z.object({
  bank_account: z.string().describe("Id of one of the merchant's bank accounts."),
  phone: z.string(),
  website: z.string(),
  description: z.string().describe("80 characters or more."),
});

/** What may be named that there is nothing of, and whoever asks too often. */
const OF_SELLING = ["not_found", "overloaded", "product_not_found", "rate_limited"] as const;

const askedFor = {
  quantity: z.string().describe("Whole number, 1 where not given; the product's bounds hold.").optional(),
  amount: z
    .string()
    .describe("Only for a product with an open amount, within its bounds: `12.50`, or `12,50`.")
    .optional(),
  reference: z.string().describe("The shop's own order number, at most 64 printable ASCII characters.").optional(),
};

const payQuerySchema = z.object({
  confirm: z
    .string()
    .describe(
      "With any value: the page for what the other words ask for, for whoever asks, and on to no link. Without it, the others say nothing.",
    )
    .optional(),
  ...askedFor,
});

const payFormSchema = z.object({
  ...askedFor,
  attempt_id: z
    .string()
    .describe("One for each page that is shown, so that a click that is repeated gets the same payment.")
    .optional(),
  shown_amount: z
    .string()
    .describe(
      "What the page showed, as `13.30 EUR`. It never sets a price: another one is refused with `price_changed`.",
    )
    .optional(),
});

export const pages: Operations = {
  "GET /pay/:key/:product": {
    id: "followPayLink",
    tag: "Pages",
    summary: "Pay for a product without a script",
    description:
      "For links in mails, on AMP, in browsers without a script. A person who clicks is sent to the one reusable payment link that everybody gets for a single one of the product, at its price of now; the first one has it made. Whoever only looks (crawlers, `HEAD`, what loads in advance) gets a page with a button while there is no such link, and so does everybody for a product whose buyer has to choose an amount, or to buy more than one. A shop learns of the payments by `checkout.payment_received`, of a checkout with the product's id in its `metadata`.",
    caller: "anyone",
    path: publishableKeyAndProduct,
    query: payQuerySchema,
    queryExample: { confirm: "1", quantity: "2", reference: "ORDER-1001" },
    answers: [
      { ...page, texts: { "text/html": "<!doctype html><title>Mug</title>" } },
      { status: 303, description: "On to the payment link." },
    ],
    errors: [...OF_MINTING, ...OF_SELLING, "invalid_request", "quantity_out_of_range"],
  },
  "POST /pay/:key/:product": {
    id: "payByForm",
    tag: "Pages",
    summary: "Pay for what a form asks for",
    description:
      "A checkout as by `POST /v1/checkouts`, by a form of the page above or of one of the merchant's `allowed_origins`. An attempt that is paid already, or has ended, is sent to the page that says so. A form that is refused leads on to nothing else: to the page for what it asked for, in the answer itself where the shopper can mend it or has to agree (`amount_out_of_range`, `origin_not_allowed`, `price_changed`), by a link otherwise, and nowhere where it can't be bought like that.",
    caller: "anyone",
    path: publishableKeyAndProduct,
    request: {
      schema: payFormSchema,
      isForm: true,
      examples: {
        "Two mugs": { quantity: "2", reference: "ORDER-1001", attempt_id: "cart-17-attempt-1" },
        "An amount of the shopper's": { amount: "12.50" },
      },
    },
    answers: [{ status: 303, description: "On to the payment link." }],
    errors: [...OF_MINTING, ...OF_SELLING, "invalid_request", "price_changed", "quantity_out_of_range"],
  },
  "GET /checkouts/:id": {
    id: "showStatus",
    tag: "Pages",
    summary: "How a payment stands",
    description:
      "The `status_url` of a checkout: for shops without a page of their own. In the shopper's language where that is one of English, French, German, Spanish, Italian, Dutch and Portuguese. It says what is new by itself until there is an end (without a script, by a link), and leads to Qonto's pay page while it can be paid, to `success_url` once it is paid, to `cancel_url` while it is not, and nowhere while a payment is being processed. Qonto's own page leads to none of them.",
    caller: "anyone",
    path: checkoutId,
    query: statusQuerySchema,
    queryExample: { token: CHECKOUT_CREATED.status_token },
    answers: [{ ...page, texts: { "text/html": "<!doctype html><title>Thank you, this is paid</title>" } }],
    errors: ["checkout_not_found", "overloaded"],
  },
  "GET /connect/:merchant": {
    id: "showOnboarding",
    tag: "Pages",
    summary: "The step of connecting that is due",
    description:
      "Whatever was closed before. With `token`, the page where a link leads: it uses nothing up, since who scans mails opens links, too.",
    caller: "anyone",
    path: merchantName,
    query: connectQuerySchema,
    answers: [page, { ...onwards, description: "The link was used by this very browser: on to the step that is due." }],
    errors: [
      "invalid_connect_link",
      "invalid_connect_session",
      "overloaded",
      "provider_url_not_allowed",
      "rate_limited",
    ],
  },
  "POST /connect/:merchant": {
    id: "startOnboarding",
    tag: "Pages",
    summary: "Begin to connect",
    description: "Uses the link up, and lets this browser in by a cookie. Taken from our own page only.",
    caller: "anyone",
    path: merchantName,
    request: {
      schema: beginFormSchema,
      isForm: true,
      examples: { "The token of a link": { token: new URL(CONNECT_LINK.connect_url).searchParams.get("token") } },
    },
    answers: [onwards],
    errors: ["invalid_connect_link", "overloaded", "rate_limited"],
  },
  "GET /connect/:merchant/consent": {
    id: "returnFromOAuth",
    tag: "Pages",
    summary: "Back to the step that is due",
    description: "For who goes back in the browser to an address that a form was posted to.",
    caller: "anyone",
    path: merchantName,
    answers: [onwards],
    errors: ["invalid_connect_link"],
  },
  "POST /connect/:merchant/consent": {
    id: "startOAuth",
    tag: "Pages",
    summary: "On to Qonto's consent page",
    description: "With a `state` that is good for one answer, in this browser, for 10 minutes.",
    caller: "merchant_browser",
    path: merchantName,
    request: { schema: z.object({}), isForm: true, examples: { Nothing: {} } },
    answers: [onwards],
    errors: ["invalid_connect_link"],
  },
  "GET /connect/:merchant/connection": {
    id: "returnFromConnection",
    tag: "Pages",
    summary: "Back to the step that is due",
    description: "For who goes back in the browser to an address that a form was posted to.",
    caller: "anyone",
    path: merchantName,
    answers: [onwards],
    errors: ["invalid_connect_link"],
  },
  "POST /connect/:merchant/connection": {
    id: "submitBusinessForm",
    tag: "Pages",
    summary: "On to the payment provider",
    description:
      "Checks what was typed by the rules of Qonto's schema. A connection that is there already is used. Where something is wrong with the form, or Qonto does not take it, the form comes back as it was typed.",
    caller: "merchant_browser",
    path: merchantName,
    request: {
      schema: businessFormSchema,
      isForm: true,
      examples: {
        "A shop": {
          bank_account: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
          phone: "+33 6 12 34 56 78",
          website: "https://shop.example",
          description: "We make stoneware mugs and sell them in our own shop and to visitors of our workshop.",
        },
      },
    },
    answers: [onwards],
    errors: [
      "invalid_connect_link",
      "invalid_request",
      "provider_url_not_allowed",
      ...OF_QONTO.filter((code) => code === "qonto_refused" || code === "qonto_unavailable"),
    ],
  },
  "GET /oauth/callback": {
    id: "finishOAuth",
    tag: "Pages",
    summary: "Back from Qonto's consent page",
    description: "Only a good answer changes anything: it has the `state` that this browser asked with.",
    caller: "merchant_browser",
    query: callbackQuerySchema,
    queryExample: { state: "demo.c3RhdGUtb2YtYS1jb25zZW50LXJlcXVlc3QtMDAwMDAwMDA", code: "the-code" },
    answers: [onwards],
    errors: [
      "organization_mismatch",
      "authorization_failed",
      "invalid_authorization",
      "authorization_denied",
      "rate_limited",
      ...OF_QONTO.filter((code) => code === "qonto_rate_limited" || code === "qonto_unavailable"),
    ],
  },
};
