import { Failure } from "../failure/failure.ts";

/**
 * The `Idempotency-Key` of a request; null where it has none.
 *
 * @throws Failure `invalid_request` for one that is not 8 to 64 letters, digits, "_" or "-".
 */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers.get("Idempotency-Key");
  if (key === null || /^[A-Za-z0-9_-]{8,64}$/.test(key)) return key;
  throw new Failure("invalid_request", {
    param: "Idempotency-Key",
    message: "An Idempotency-Key must be 8 to 64 letters, digits, _ or -.",
  });
}
