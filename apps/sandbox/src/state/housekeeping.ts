import { expirePaymentLinks } from "../payment-links/expire-payment-links.ts";
import type { World } from "../world.ts";

const INTERVAL_MS = 1000;

/** Does once a second what falls due without a request. Answers the function that ends it. */
export function startHousekeeping(world: World): () => void {
  const timer = setInterval(() => {
    expirePaymentLinks(world);
    forgetDeadTokens(world);
  }, INTERVAL_MS).unref();
  return () => {
    clearInterval(timer);
  };
}

/** What expired an hour ago and more is of no use to anybody. Until then a used code is still known as used. */
function forgetDeadTokens({ store, clock }: World): void {
  const { authorizations, access_tokens, refresh_tokens } = store.state;
  const limit = clock.now() - 3_600_000;
  for (const tokens of [authorizations, access_tokens, refresh_tokens]) {
    for (const [token, { expires_at }] of tokens) if (Date.parse(expires_at) < limit) tokens.delete(token);
  }
}
