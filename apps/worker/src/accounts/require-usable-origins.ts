import { HOW_TO_GET_HTTPS, isLoopbackHost } from "@qonto-pay/core/api";
import type { Config } from "../context/config.ts";
import { ApiError } from "../errors/api-error.ts";

/**
 * Allows http pages at names in `.test` and `.local` with a local Worker only. With a deployed one, anyone in the
 * shopper's network could impersonate such a page.
 *
 * @throws ApiError `invalid_request` with the path of the origin.
 */
export function requireUsableOrigins({ isLocal }: Pick<Config, "isLocal">, origins: readonly string[]): void {
  if (isLocal) return;
  const index = origins.findIndex((origin) => origin.startsWith("http:") && !isLoopbackHost(new URL(origin).hostname));
  if (index === -1) return;
  const param = `allowed_origins[${index}]`;
  const message = `The field ${param} must be an https origin: a deployed Worker accepts http for localhost only. ${HOW_TO_GET_HTTPS}.`;
  throw new ApiError("invalid_request", { param, message });
}
