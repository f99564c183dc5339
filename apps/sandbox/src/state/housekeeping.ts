import { expirePaymentLinks } from "../payment-links/expire-payment-links.ts";
import type { World } from "../world.ts";

const INTERVAL_MS = 1000;

/** Expires due links and deletes old tokens every second. Returns a function that stops this. */
export function startHousekeeping(world: World): () => void {
  const timer = setInterval(() => {
    expirePaymentLinks(world);
    forgetDeadTokens(world);
  }, INTERVAL_MS).unref();
  return () => {
    clearInterval(timer);
  };
}

/** Deletes codes and tokens an hour after they expired. Until then, a used code is still recognized as used. */
function forgetDeadTokens({ store, clock }: World): void {
  const { authorizations, access_tokens, refresh_tokens } = store.state;
  const limit = clock.now() - 3_600_000;
  for (const tokens of [authorizations, access_tokens, refresh_tokens]) {
    for (const [token, { expires_at }] of tokens) if (Date.parse(expires_at) < limit) tokens.delete(token);
  }
}
