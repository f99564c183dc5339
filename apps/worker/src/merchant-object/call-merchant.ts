import type { ApiErrorCode } from "@qonto-pay/core/api";
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

/** How long an isolate rejects a name that belongs to no merchant. A merchant of this name may be created meanwhile. */
const UNKNOWN_FOR_MS = 10_000;

/** Bounds the memory of an isolate. */
const MOST_UNKNOWN = 1_000;

/** Names without a merchant, each with the time of that finding (milliseconds since the epoch), earliest first. */
const unknownMerchants = new Map<string, number>();

/**
 * Calls the object of a merchant whose name the caller may have invented. A name that belonged to no merchant is
 * rejected for 10 seconds without a call.
 *
 * @throws ApiError `codeIfUnknown`, and as `callMerchant`.
 */
export async function callKnownMerchant<T>(
  env: Env,
  config: Config,
  { merchant, codeIfUnknown }: { readonly merchant: string; readonly codeIfUnknown: ApiErrorCode },
  call: (object: MerchantCalls) => Promise<Outcome<T>>,
): Promise<T> {
  if (Date.now() < (unknownMerchants.get(merchant) ?? 0) + UNKNOWN_FOR_MS) throw new ApiError(codeIfUnknown);
  try {
    return await callMerchant(env, config, merchant, call);
  } catch (error) {
    if (error instanceof ApiError && error.detail.isMerchantUnknown === true) {
      unknownMerchants.delete(merchant);
      unknownMerchants.set(merchant, Date.now());
      const [earliest] = unknownMerchants.keys();
      if (unknownMerchants.size > MOST_UNKNOWN && earliest !== undefined) unknownMerchants.delete(earliest);
    }
    throw error;
  }
}

/** Call when a merchant is created. Other isolates reject its name for up to 10 seconds. */
export function forgetUnknownMerchant(merchant: string): void {
  unknownMerchants.delete(merchant);
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
