import type { ApiErrorCode } from "@qonto-pay/core/api";
import { Failure } from "./api-error.ts";
import { failureOfFault } from "./to-api-error.ts";
import { QontoFault } from "../qonto/qonto-error.ts";

/**
 * Makes a call to Qonto for whoever asked for exactly that.
 *
 * @param notFound the code for what is not there.
 * @throws Failure of what Qonto answered.
 */
export async function asAskedOfQonto<T>(call: () => Promise<T>, notFound: ApiErrorCode = "not_found"): Promise<T> {
  try {
    return await call();
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    if (fault.kind === "not_found") throw new Failure(notFound);
    throw failureOfFault(fault);
  }
}
