import { ApiError } from "../../errors/api-error.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * Rejects one visitor's endless requests before any merchant's object is called. Not used by a local Worker, where all
 * visitors have the same address.
 *
 * @throws ApiError `rate_limited`.
 */
export async function requireWithinRate(request: Request, limit: RateLimit, { config }: RouteContext): Promise<void> {
  if (config.isLocal) return;
  const { success } = await limit.limit({ key: clientAddress(request.headers.get("CF-Connecting-IP") ?? "") });
  if (!success) throw new ApiError("rate_limited", { retryAfter: 60 });
}

const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;

/**
 * Returns the key of a visitor: an IPv4 address, or the network half of an IPv6 address, because a visitor owns the
 * other half.
 */
function clientAddress(address: string): string {
  if (!address.includes(":")) return address;
  const [start = "", end = ""] = address.split("::");
  const [left, right] = [groupsOf(start), groupsOf(end)];
  const zeros = Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].slice(0, GROUPS_OF_NETWORK).join(":");
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
