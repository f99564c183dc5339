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
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /connect/{merchant}`: the step that is due. `?token=`: where a link leads, which this does not use up. */
export async function getConnect(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
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
export async function postConnect(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
  const merchant = merchantOfPath(context);
  const form = await readOwnForm(request, config);
  const session = (await sessionOf(request, merchant)) ?? (await newSession(merchant));
  const beginning = { linkHash: await digestOf(form.get("token") ?? ""), sessionHash: session.hash };
  await callMerchant(env, config, merchant, (object) => object.beginConnecting(beginning));
  return keepSession(redirect(`/connect/${merchant}`), session);
}

/** `POST /connect/{merchant}/consent`: on to Qonto's consent page. */
export async function postConsent(request: Request, context: RouteContext): Promise<Response> {
  const merchant = merchantOfPath(context);
  await readOwnForm(request, context.config);
  return redirect(await callAsConnecting(request, context, merchant, "askConsent", null));
}

/** `POST /connect/{merchant}/connection`: on to the payment provider. */
export async function postBusiness(request: Request, context: RouteContext): Promise<Response> {
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
export function getStep(_request: Request, context: RouteContext): Response {
  return redirect(`/connect/${merchantOfPath(context)}`);
}
