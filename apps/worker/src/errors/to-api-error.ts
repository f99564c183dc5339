import type { QontoFault } from "../qonto/qonto-error.ts";
import { Failure } from "./api-error.ts";

/** What a shopper is told of a call to Qonto that failed. The reason stays in the log. */
export function failureOfFault(fault: QontoFault): Failure {
  const reason = fault.message;
  switch (fault.kind) {
    case "not_connected":
    case "unauthorized":
      return new Failure("merchant_not_connected", { reason });
    case "rate_limited":
      return new Failure("qonto_rate_limited", { reason, retryAfter: fault.retryAfter ?? 5 });
    case "unavailable":
      return new Failure("qonto_unavailable", { reason, retryAfter: 2 });
    case "misconfigured":
      return new Failure("misconfigured", { reason });
    case "refused":
    case "not_found":
      return new Failure("qonto_refused", { reason });
  }
}
