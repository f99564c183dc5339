import type { TokenSource } from "./qonto-call.ts";
import { QontoError } from "./qonto-error.ts";

/** One access token that nothing renews: of a consent that was just given, and may be turned down yet. */
export function fixedToken(accessToken: string): TokenSource {
  return {
    current: () => Promise.resolve(accessToken),
    refuse: () => undefined,
    isRefused: () => false,
    replace: () => Promise.reject(new QontoError("unauthorized", "Qonto refused a token of a new consent")),
  };
}
