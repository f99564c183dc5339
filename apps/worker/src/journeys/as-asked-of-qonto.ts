import type { ApiErrorCode } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import { failureOfFault } from "../failure/failure-of-fault.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";

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
