import { ApiError } from "../errors/api-error.ts";
import { redirect } from "../http/redirect.ts";
import { callAsConnecting } from "./onboarding/call-as-connecting.ts";
import { merchantOfState } from "./onboarding/oauth-state.ts";
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /oauth/callback?code=&state=`: where Qonto sends the merchant's browser back to. */
export async function getOAuthCallback(request: Request, context: RouteContext): Promise<Response> {
  await requireWithinRate(request, context.env.READ_RATE_LIMIT, context);
  const { query } = context;
  const merchant = merchantOfState(query);
  if (merchant === null) throw new ApiError("invalid_authorization", { reason: "the state is not of our making" });
  const answer = { query: query.toString(), state: query.get("state") ?? "" };
  await callAsConnecting(request, context, merchant, "receiveConsent", answer);
  return redirect(`/connect/${merchant}`);
}
