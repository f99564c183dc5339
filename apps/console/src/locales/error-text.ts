import { RequestError } from "../api/request-error.ts";
import { texts } from "./index.ts";

/** Says in the user's language why a request failed, and what to do. */
export function errorText(error: unknown): string {
  const { errors } = texts();
  if (!(error instanceof RequestError)) return errors.unknown;
  switch (error.code) {
    case "invalid_key":
      return errors.invalid_key;
    case "rate_limited":
      return errors.rate_limited;
    case "network":
    case "overloaded":
      return errors.network;
    case "owner_required":
      return errors.viewer;
    case "qonto_unavailable":
    case "qonto_rate_limited":
    case "qonto_refused":
      return errors.qonto;
    default:
      return error.requestId === null ? errors.unknown : errors.other(error.requestId);
  }
}
