import { Failure } from "../failure/failure.ts";
import { seeOther } from "../http/see-other.ts";
import { asConnecting } from "./as-connecting.ts";
import { merchantOfState } from "./merchant-of-state.ts";
import { requireWithinRate } from "./require-within-rate.ts";
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
