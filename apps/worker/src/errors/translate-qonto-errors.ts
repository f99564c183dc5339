import type { ApiErrorCode } from "@qonto-pay/core/api";
import { ApiError } from "./api-error.ts";
import { toApiError } from "./to-api-error.ts";
import { QontoError } from "../qonto/qonto-error.ts";

/**
 * Makes a call to Qonto for whoever asked for exactly that.
 *
 * @param notFound the code for what is not there.
 * @throws ApiError of what Qonto answered.
 */
export async function translateQontoErrors<T>(
  call: () => Promise<T>,
  notFound: ApiErrorCode = "not_found",
): Promise<T> {
  try {
    return await call();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.kind === "not_found") throw new ApiError(notFound);
    throw toApiError(fault);
  }
}
