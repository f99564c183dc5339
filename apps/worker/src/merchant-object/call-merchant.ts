import type { Config } from "../context/config.ts";
import type { Env, MerchantCalls } from "../context/env.ts";
import { ApiError, type Outcome, valueOf } from "../errors/api-error.ts";

/**
 * Calls the one object of a merchant. Every call is safe to repeat, so a call that failed because the object was moving
 * (a new version, a failing machine) is retried once.
 *
 * @throws ApiError of the operation; `overloaded` if the object has too many requests.
 */
export async function callMerchant<T>(
  env: Env,
  config: Config,
  merchant: string,
  call: (object: MerchantCalls) => Promise<Outcome<T>>,
): Promise<T> {
  try {
    return valueOf(await call(stubOf(env, config, merchant)));
  } catch (error) {
    if (!isMarked(error, "retryable") || isMarked(error, "overloaded")) throw failureOfCall(error);
  }
  try {
    // A stub that has thrown can't be reused.
    return valueOf(await call(stubOf(env, config, merchant)));
  } catch (error) {
    throw failureOfCall(error);
  }
}

/** Returns the error of the operation, or of the call to its object. */
function failureOfCall(error: unknown): unknown {
  return isMarked(error, "overloaded") ? new ApiError("overloaded", { retryAfter: 5 }) : error;
}

/** Returns a stub. A deployment keeps the object in the EU; the local runtime has no jurisdictions. */
function stubOf(env: Env, config: Config, merchant: string): MerchantCalls {
  const namespace = config.isLocal ? env.MERCHANT : env.MERCHANT.jurisdiction("eu");
  return namespace.getByName(merchant);
}

/** Whether Cloudflare marked the error of a Durable Object call with this property. */
function isMarked(error: unknown, property: "overloaded" | "retryable"): boolean {
  return error instanceof Error && Reflect.get(error, property) === true;
}
