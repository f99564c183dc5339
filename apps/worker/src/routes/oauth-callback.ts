import { Failure } from "../errors/api-error.ts";
import { seeOther } from "../http/redirect.ts";
import { asConnecting } from "./call-as-connecting.ts";
import { merchantOfState } from "./oauth-state.ts";
import { requireWithinRate } from "./rate-limit.ts";
import type { RouteContext } from "./route-context.ts";

/** `GET /oauth/callback?code=&state=`: where Qonto sends the merchant's browser back to. */
export async function getOAuthCallback(request: Request, context: RouteContext): Promise<Response> {
  await requireWithinRate(request, context.env.READ_RATE_LIMIT, context);
  const { query } = context;
  const merchant = merchantOfState(query);
  if (merchant === null) throw new Failure("consent_not_valid", { reason: "the state is not of our making" });
  const answer = { query: query.toString(), state: query.get("state") ?? "" };
  await asConnecting(request, context, merchant, "receiveConsent", answer);
  return seeOther(`/connect/${merchant}`);
}
