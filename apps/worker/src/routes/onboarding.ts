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

const ONWARDS = { status: 303, description: "Redirects to `Location`." } satisfies Answer;

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
      summary: "Show the current onboarding step",
      description:
        "Also after the browser was closed. With `token`, the start page of a connect link. This request does not use up the link, because mail scanners open links, too.",
      path: merchantName,
      query: z.object({
        token: z.string().describe("The token of a connect link that was not used yet.").optional(),
      }),
      answers: [
        {
          status: 200,
          description: "The page.",
          texts: { "text/html": "<!doctype html><title>Connect your Qonto account</title>" },
        },
        { ...ONWARDS, description: "This browser used the link already: redirects to the current step." },
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
      summary: "Begin onboarding",
      description:
        "Uses up the link, and gives this browser a session cookie. Accepted only from the Worker's own page.",
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
      summary: "Return to the current step",
      description: "For a browser that goes back to the address of a submitted form.",
      path: merchantName,
      answers: [ONWARDS],
      errors: ["invalid_connect_link"],
    },
  }),
  route({
    method: "POST",
    path: "/connect/:merchant/consent",
    caller: "merchant_browser",
    rateLimit: "READ_RATE_LIMIT",
    handle: postConsent,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "startOAuth",
      tag: "Pages",
      summary: "Redirect to Qonto's authorization page",
      description: "With a `state` that is valid for one response, in this browser, for 10 minutes.",
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
      summary: "Return to the current step",
      description: "For a browser that goes back to the address of a submitted form.",
      path: merchantName,
      answers: [ONWARDS],
      errors: ["invalid_connect_link"],
    },
  }),
  route({
    method: "POST",
    path: "/connect/:merchant/connection",
    caller: "merchant_browser",
    rateLimit: "READ_RATE_LIMIT",
    handle: postBusiness,
    problemPage: problemResponse,
    docs: WITH_DOCS && {
      id: "submitBusinessForm",
      tag: "Pages",
      summary: "Redirect to the payment provider",
      description:
        "Validates the form by the rules of Qonto's schema. Uses the connection that exists already, if there is one. If the form is invalid or Qonto rejects it, the response is the form with the entered values.",
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
      summary: "Return from Qonto's authorization page",
      description: "Changes something only if `state` is the one that this browser's request was sent with.",
      query: z.object({
        state: z.string().describe("The `state` of the authorization request."),
        code: z.string().describe("Present if the merchant authorized the Worker.").optional(),
        error: z.string().describe("Present if the authorization failed.").optional(),
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

/**
 * Handles `GET /connect/{merchant}`: shows the current step. With `?token=`, shows the start page of a link and does
 * not use it up.
 */
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
    // The cookie is set before the link is used up, so that a second click finds a browser with a session.
    const page = await answerPage(beginPage(merchant, token), config);
    return keepSession(page, session ?? (await newSession(merchant)));
  }
  if (session === null) throw new ApiError("invalid_connect_link");
  return redirect(`/connect/${merchant}`);
}

/** Handles `POST /connect/{merchant}` with the token of a link: uses up the link, and gives this browser a session. */
async function postConnect(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  const merchant = merchantOfPath(context);
  const form = await readOwnForm(request, config);
  const session = (await sessionOf(request, merchant)) ?? (await newSession(merchant));
  const beginning = { linkHash: await digestOf(form.get("token") ?? ""), sessionHash: session.hash };
  await callMerchant(env, config, merchant, (object) => object.beginConnecting(beginning));
  return keepSession(redirect(`/connect/${merchant}`), session);
}

/** Handles `POST /connect/{merchant}/consent`: redirects to Qonto's authorization page. */
async function postConsent(request: Request, context: RouteContext): Promise<Response> {
  const merchant = merchantOfPath(context);
  await readOwnForm(request, context.config);
  return redirect(await callAsConnecting(request, context, merchant, "askConsent", null));
}

/** Handles `POST /connect/{merchant}/connection`: redirects to the payment provider. */
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

/** Handles `GET` of the address of a form, as after going back in the browser: redirects to the current step. */
function getStep(_request: Request, context: RouteContext): Response {
  return redirect(`/connect/${merchantOfPath(context)}`);
}

/** Handles `GET /oauth/callback?code=&state=`, to which Qonto redirects the merchant's browser. */
async function getOAuthCallback(request: Request, context: RouteContext): Promise<Response> {
  const { query } = context;
  const merchant = merchantOfState(query);
  if (merchant === null)
    throw new ApiError("invalid_authorization", { reason: "the Worker did not create this state" });
  const answer = { query: query.toString(), state: query.get("state") ?? "" };
  await callAsConnecting(request, context, merchant, "receiveConsent", answer);
  return redirect(`/connect/${merchant}`);
}
