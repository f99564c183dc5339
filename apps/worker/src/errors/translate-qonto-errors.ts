import type { ApiErrorCode } from "@qonto-pay/core/api";
import { ApiError } from "./api-error.ts";
import { toApiError } from "./to-api-error.ts";
import { QontoError } from "../qonto/qonto-error.ts";

/**
 * Makes a call to Qonto that the caller of the API explicitly requested.
 *
 * @param notFound the code if Qonto answers 404.
 * @throws ApiError for an error from Qonto.
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
