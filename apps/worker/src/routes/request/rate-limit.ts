import { ApiError } from "../../errors/api-error.ts";
import { clientAddress } from "../../http/client-address.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * A first wall against one visitor who asks without end, before any merchant's object is called. Not for local work,
 * where everybody has the same address.
 *
 * @throws ApiError `rate_limited`.
 */
export async function requireWithinRate(request: Request, limit: RateLimit, { config }: RouteContext): Promise<void> {
  if (config.isLocal) return;
  const { success } = await limit.limit({ key: clientAddress(request.headers.get("CF-Connecting-IP") ?? "") });
  if (!success) throw new ApiError("rate_limited", { retryAfter: 60 });
}
