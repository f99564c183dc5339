import { HOW_TO_GET_HTTPS, isLoopbackHost } from "@qonto-pay/core/api";
import type { Config } from "../config.ts";
import { Failure } from "../failure/failure.ts";

/**
 * Lets names in `.test` and `.local` be of http pages with a local Worker only: for a deployed one, anyone in the shopper's
 * network could pretend to be such a page.
 *
 * @throws Failure `invalid_request` that names the origin's place.
 */
export function requireUsableOrigins({ isLocal }: Pick<Config, "isLocal">, origins: readonly string[]): void {
  if (isLocal) return;
  const index = origins.findIndex((origin) => origin.startsWith("http:") && !isLoopbackHost(new URL(origin).hostname));
  if (index === -1) return;
  const param = `allowed_origins[${index}]`;
  const message = `The field ${param} must be an https origin: this Worker is deployed, where http is for localhost only. ${HOW_TO_GET_HTTPS}.`;
  throw new Failure("invalid_request", { param, message });
}
