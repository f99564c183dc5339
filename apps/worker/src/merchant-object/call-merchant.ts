import type { Config } from "../context/config.ts";
import type { Env, MerchantCalls } from "../context/env.ts";
import { ApiError, type Outcome, valueOf } from "../errors/api-error.ts";

/**
 * Calls the one object of a merchant. Every call is safe to repeat, so one that met an object on the move (a new version,
 * a failing machine) is made once more.
 *
 * @throws ApiError of the journey; `overloaded` when the object has more to do than it can.
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
    // A stub is of no use any more once it has thrown.
    return valueOf(await call(stubOf(env, config, merchant)));
  } catch (error) {
    throw failureOfCall(error);
  }
}

/** What the journey threw, or what became of the call to its object. */
function failureOfCall(error: unknown): unknown {
  return isMarked(error, "overloaded") ? new ApiError("overloaded", { retryAfter: 5 }) : error;
}

/** Kept in the EU when deployed. The local runtime knows no jurisdictions. */
function stubOf(env: Env, config: Config, merchant: string): MerchantCalls {
  const namespace = config.isLocal ? env.MERCHANT : env.MERCHANT.jurisdiction("eu");
  return namespace.getByName(merchant);
}

/** Cloudflare marks what a Durable Object call throws with these properties. */
function isMarked(error: unknown, property: "overloaded" | "retryable"): boolean {
  return error instanceof Error && Reflect.get(error, property) === true;
}
