import { errorAnswer, traceId } from "../api/api-error.ts";
import type { Answer, Outcome } from "../http/answer.ts";
import type { ReceivedCall } from "../http/server.ts";
import { oauthError } from "../oauth/oauth-form.ts";
import type { World } from "../world.ts";

/** Counts and runs a request to the API or to OAuth, or answers 429 if its IP address exceeds a rate limit. */
export async function limited(
  world: World,
  call: ReceivedCall,
  carryOut: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const isOAuth = call.path.startsWith("/oauth2/");
  if (!isOAuth && !call.path.startsWith("/v2/")) return carryOut();
  const early = world.limits.take(call.address, world.clock.now());
  if (early > 0) return tooManyRequests(world, isOAuth, early);
  const outcome = await carryOut();
  if (outcome !== "drop" && outcome.status === 401) world.limits.countUnauthorized(call.address, world.clock.now());
  return outcome;
}

function tooManyRequests(world: World, isOAuth: boolean, earlyMs: number): Answer {
  const detail = "Too many requests";
  const answer = isOAuth
    ? oauthError(429, "too_many_requests", detail)
    : errorAnswer(429, [{ code: "too_many_requests", detail }], traceId(world));
  if (!world.limits.settings.retry_after) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(Math.ceil(earlyMs / 1000)) } };
}
