import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import { redirect } from "../http/redirect.ts";
import { beginPage } from "../pages/begin-page.ts";
import { businessPage } from "../pages/business-page.ts";
import { connectingPage } from "../pages/connecting-page.ts";
import { answerPage } from "../pages/layout.ts";
import { digestOf } from "../crypto/digest.ts";
import { callAsConnecting, merchantOfPath, readOwnForm } from "./onboarding/call-as-connecting.ts";
import { keepSession, newSession, sessionOf } from "./onboarding/connect-session.ts";
import type { RouteContext } from "./request/route-context.ts";
import * as z from "zod";
import { OF_QONTO } from "../openapi/documented-codes.ts";
import { CONNECT_LINK } from "../openapi/examples.ts";
import type { Answer } from "../openapi/operation.ts";
import { merchantName } from "../openapi/parameters.ts";
import { merchantOfState } from "./onboarding/oauth-state.ts";
import { problemResponse } from "./onboarding/problem-response.ts";
import { type Route, route } from "./route.ts";

const ONWARDS = { status: 303, description: "On to `Location`." } satisfies Answer;

/** The pages on which a merchant connects Qonto. */
export const onboarding: readonly Route[] = [
  route({
    method: "GET",
    path: "/connect/:merchant",
    caller: "anyone",
    rateLimit: "READ_RATE_LIMIT",
    handle: getConnect,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "showOnboarding",
      tag: "Pages",
      summary: "The step of connecting that is due",
      description:
        "Whatever was closed before. With `token`, the page where a link leads: it uses nothing up, since who scans mails opens links, too.",
      path: merchantName,
      query: z.object({
        token: z.string().describe("Of a link that was not used yet.").optional(),
      }),
      answers: [
        {
          status: 200,
          description: "The page.",
          texts: { "text/html": "<!doctype html><title>Connect your Qonto account</title>" },
        },
        { ...ONWARDS, description: "The link was used by this very browser: on to the step that is due." },
      ],
      errors: [
        "invalid_connect_link",
        "invalid_connect_session",
        "overloaded",
        "provider_url_not_allowed",
        "rate_limited",
      ],
    },
  }),
  route({
    method: "POST",
    path: "/connect/:merchant",
    caller: "anyone",
    rateLimit: "READ_RATE_LIMIT",
    handle: postConnect,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "startOnboarding",
      tag: "Pages",
      summary: "Begin to connect",
      description: "Uses the link up, and lets this browser in by a cookie. Taken from our own page only.",
      path: merchantName,
      request: {
        schema: z.object({ token: z.string() }),
        isForm: true,
        examples: { "The token of a link": { token: new URL(CONNECT_LINK.connect_url).searchParams.get("token") } },
      },
      answers: [ONWARDS],
      errors: ["invalid_connect_link", "overloaded", "rate_limited"],
    },
  }),
  route({
    method: "GET",
    path: "/connect/:merchant/consent",
    caller: "anyone",
    handle: getStep,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "returnFromOAuth",
      tag: "Pages",
      summary: "Back to the step that is due",
      description: "For who goes back in the browser to an address that a form was posted to.",
      path: merchantName,
      answers: [ONWARDS],
      errors: ["invalid_connect_link"],
    },
  }),
  route({
    method: "POST",
    path: "/connect/:merchant/consent",
    caller: "merchant_browser",
    handle: postConsent,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "startOAuth",
      tag: "Pages",
      summary: "On to Qonto's consent page",
      description: "With a `state` that is good for one answer, in this browser, for 10 minutes.",
      path: merchantName,
      request: { schema: z.object({}), isForm: true, examples: { Nothing: {} } },
      answers: [ONWARDS],
      errors: ["invalid_connect_link"],
    },
  }),
  route({
    method: "GET",
    path: "/connect/:merchant/connection",
    caller: "anyone",
    handle: getStep,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "returnFromConnection",
      tag: "Pages",
      summary: "Back to the step that is due",
      description: "For who goes back in the browser to an address that a form was posted to.",
      path: merchantName,
      answers: [ONWARDS],
      errors: ["invalid_connect_link"],
    },
  }),
  route({
    method: "POST",
    path: "/connect/:merchant/connection",
    caller: "merchant_browser",
    handle: postBusiness,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "submitBusinessForm",
      tag: "Pages",
      summary: "On to the payment provider",
      description:
        "Checks what was typed by the rules of Qonto's schema. A connection that is there already is used. Where something is wrong with the form, or Qonto does not take it, the form comes back as it was typed.",
      path: merchantName,
      request: {
        schema: z.object({
          bank_account: z.string().describe("Id of one of the merchant's bank accounts."),
          phone: z.string(),
          website: z.string(),
          description: z.string().describe("80 characters or more."),
        }),
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
      answers: [ONWARDS],
      errors: [
        "invalid_connect_link",
        "invalid_request",
        "provider_url_not_allowed",
        ...OF_QONTO.filter((code) => code === "qonto_refused" || code === "qonto_unavailable"),
      ],
    },
  }),
  route({
    method: "GET",
    path: "/oauth/callback",
    caller: "merchant_browser",
    rateLimit: "READ_RATE_LIMIT",
    handle: getOAuthCallback,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "finishOAuth",
      tag: "Pages",
      summary: "Back from Qonto's consent page",
      description: "Only a good answer changes anything: it has the `state` that this browser asked with.",
      query: z.object({
        state: z.string().describe("What the consent was asked with."),
        code: z.string().describe("Where the consent was given.").optional(),
        error: z.string().describe("Where it was not.").optional(),
      }),
      queryExample: { state: "demo.c3RhdGUtb2YtYS1jb25zZW50LXJlcXVlc3QtMDAwMDAwMDA", code: "the-code" },
      answers: [ONWARDS],
      errors: [
        "organization_mismatch",
        "authorization_failed",
        "invalid_authorization",
        "authorization_denied",
        "rate_limited",
        ...OF_QONTO.filter((code) => code === "qonto_rate_limited" || code === "qonto_unavailable"),
      ],
    },
  }),
];

/** `GET /connect/{merchant}`: the step that is due. `?token=`: where a link leads, which this does not use up. */
async function getConnect(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  const merchant = merchantOfPath(context);
  const session = await sessionOf(request, merchant);
  const token = query.get("token");
  if (token === null) {
    if (session === null) throw new ApiError("invalid_connect_link");
    const due = await callAsConnecting(request, context, merchant, "showConnecting", null);
    return answerPage(connectingPage(merchant, due, config), config);
  }
  const linkHash = await digestOf(token);
  const isGood = await callMerchant(env, config, merchant, (object) => object.isLinkGood(linkHash));
  if (isGood) {
    // The cookie is there before the link is used up: a second click then finds the browser let in by the first.
    const page = await answerPage(beginPage(merchant, token), config);
    return keepSession(page, session ?? (await newSession(merchant)));
  }
  if (session === null) throw new ApiError("invalid_connect_link");
  return redirect(`/connect/${merchant}`);
}

/** `POST /connect/{merchant}` with the token of a link: uses it up, and lets this browser in. */
async function postConnect(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  const merchant = merchantOfPath(context);
  const form = await readOwnForm(request, config);
  const session = (await sessionOf(request, merchant)) ?? (await newSession(merchant));
  const beginning = { linkHash: await digestOf(form.get("token") ?? ""), sessionHash: session.hash };
  await callMerchant(env, config, merchant, (object) => object.beginConnecting(beginning));
  return keepSession(redirect(`/connect/${merchant}`), session);
}

/** `POST /connect/{merchant}/consent`: on to Qonto's consent page. */
async function postConsent(request: Request, context: RouteContext): Promise<Response> {
  const merchant = merchantOfPath(context);
  await readOwnForm(request, context.config);
  return redirect(await callAsConnecting(request, context, merchant, "askConsent", null));
}

/** `POST /connect/{merchant}/connection`: on to the payment provider. */
async function postBusiness(request: Request, context: RouteContext): Promise<Response> {
  const { config } = context;
  const merchant = merchantOfPath(context);
  const form = await readOwnForm(request, config);
  const typed = {
    bank_account: form.get("bank_account") ?? "",
    phone: form.get("phone") ?? "",
    website: form.get("website") ?? "",
    description: form.get("description") ?? "",
  };
  const outcome = await callAsConnecting(request, context, merchant, "connectProvider", typed);
  if ("location" in outcome) return redirect(outcome.location);
  return answerPage(businessPage(merchant, outcome.step, outcome.returned), config);
}

/** `GET` of an address that a form is posted to, as after going back: the step that is due. */
function getStep(_request: Request, context: RouteContext): Response {
  return redirect(`/connect/${merchantOfPath(context)}`);
}

/** `GET /oauth/callback?code=&state=`: where Qonto sends the merchant's browser back to. */
async function getOAuthCallback(request: Request, context: RouteContext): Promise<Response> {
  const { query } = context;
  const merchant = merchantOfState(query);
  if (merchant === null) throw new ApiError("invalid_authorization", { reason: "the state is not of our making" });
  const answer = { query: query.toString(), state: query.get("state") ?? "" };
  await callAsConnecting(request, context, merchant, "receiveConsent", answer);
  return redirect(`/connect/${merchant}`);
}
