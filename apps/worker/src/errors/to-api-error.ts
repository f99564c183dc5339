import type { QontoError } from "../qonto/qonto-error.ts";
import { ApiError } from "./api-error.ts";

/** What a shopper is told of a call to Qonto that failed. The reason stays in the log. */
export function toApiError(fault: QontoError): ApiError {
  const reason = fault.message;
  switch (fault.kind) {
    case "not_connected":
    case "unauthorized":
      return new ApiError("merchant_not_connected", { reason });
    case "rate_limited":
      return new ApiError("qonto_rate_limited", { reason, retryAfter: fault.retryAfter ?? 5 });
    case "unavailable":
      return new ApiError("qonto_unavailable", { reason, retryAfter: 2 });
    case "misconfigured":
      return new ApiError("misconfigured", { reason });
    case "refused":
    case "not_found":
      return new ApiError("qonto_refused", { reason });
  }
}
