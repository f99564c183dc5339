import { Failure } from "../failure/failure.ts";

/**
 * The `Idempotency-Key` of a request: the same key gets the same answer. A request without one gets a key of its own, so
 * that the call to the merchant's object may be repeated.
 *
 * @throws Failure `invalid_request` for one that is not 8 to 64 letters, digits, "_" or "-".
 */
export function idempotencyKeyOf(request: Request): string {
  const key = request.headers.get("Idempotency-Key") ?? crypto.randomUUID();
  if (/^[A-Za-z0-9_-]{8,64}$/.test(key)) return key;
  throw new Failure("invalid_request", {
    param: "Idempotency-Key",
    message: "An Idempotency-Key must be 8 to 64 letters, digits, _ or -.",
  });
}
