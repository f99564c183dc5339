import type { QontoError } from "../qonto/qonto-error.ts";
import { ApiError } from "./api-error.ts";

/** Returns the API error for a failed call to Qonto. Only a caller with a secret key receives the reason. */
export function toApiError(fault: QontoError): ApiError {
  const detail = { reason: fault.message, developer: { message: developerText(fault) } };
  switch (fault.kind) {
    case "not_connected":
    case "unauthorized":
      return new ApiError("merchant_not_connected", detail);
    case "rate_limited":
      return new ApiError("qonto_rate_limited", { ...detail, retryAfter: fault.retryAfter ?? 5 });
    case "unavailable":
      return new ApiError("qonto_unavailable", { ...detail, retryAfter: 2 });
    case "misconfigured":
      return new ApiError("misconfigured", detail);
    case "refused":
    case "not_found":
      return new ApiError("qonto_refused", detail);
  }
}

function developerText({ kind, message, isForeign, isUnknownShape }: QontoError): string {
  if (isForeign) return `${message}. See GET /v1/diagnostics.`;
  if (isUnknownShape)
    return `${message}, which this version does not know. See the check \`last_errors\` of GET /v1/diagnostics.`;
  switch (kind) {
    case "not_connected":
    case "unauthorized":
      return "The merchant must reauthorize Qonto: see the check `consent` of GET /v1/diagnostics.";
    case "rate_limited":
      return `${message}. Try again after the time in Retry-After.`;
    case "unavailable":
      return `${message}. Try again after the time in Retry-After. If it continues, see GET /v1/diagnostics.`;
    case "misconfigured":
      return `${message}. The operator must repair the deployment: see the check \`oauth_client\` of GET /v1/diagnostics.`;
    case "refused":
    case "not_found":
      return `${message}. Nothing was charged. See GET /v1/diagnostics.`;
  }
}
