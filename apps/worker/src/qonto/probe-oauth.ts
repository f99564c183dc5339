import { RateLimiter } from "./rate-limiter.ts";
import { type OAuthSettings, QontoOAuth } from "./oauth.ts";
import { QontoClock } from "./qonto-clock.ts";
import { QontoError } from "./qonto-error.ts";

/** No refresh token of Qonto's: it is never in use. */
const NO_TOKEN = "a-probe-without-a-refresh-token";

/**
 * Asks Qonto's OAuth whether it knows this deployment's client, without any merchant: a refresh token that does not exist
 * is rejected with `invalid_grant` once the client was accepted, and with `invalid_client` before that (RFC 6749, 5.2).
 *
 * @returns null where the client is accepted; else the fault that every refresh would meet.
 */
export async function probeOAuth(settings: OAuthSettings): Promise<QontoError | null> {
  const rateLimiter = new RateLimiter({ read: () => [], write: () => undefined });
  const oauth = new QontoOAuth(settings, rateLimiter, {
    clock: new QontoClock(),
    beforeRequest: () => undefined,
    failed: () => undefined,
  });
  try {
    await oauth.refresh(NO_TOKEN);
    return null;
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return fault.kind === "not_connected" ? null : fault;
  }
}
