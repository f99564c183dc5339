import { isLoopbackHost } from "@qonto-pay/core/api";
import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { RouteContext } from "./route-context.ts";

/** A kind of request that is limited for each visitor. */
export type RateLimited = "MINT_RATE_LIMIT" | "READ_RATE_LIMIT" | "CREDENTIAL_RATE_LIMIT" | "SIGN_IN_RATE_LIMIT";

/** The limits of all visitors of one IPv6 network together. */
const OF_NETWORK = {
  MINT_RATE_LIMIT: "MINT_NETWORK_RATE_LIMIT",
  READ_RATE_LIMIT: "READ_NETWORK_RATE_LIMIT",
  CREDENTIAL_RATE_LIMIT: "CREDENTIAL_NETWORK_RATE_LIMIT",
  SIGN_IN_RATE_LIMIT: "SIGN_IN_NETWORK_RATE_LIMIT",
} as const satisfies Record<RateLimited, string>;

/** The sender of a request, identified by the IP address. */
export interface Visitor {
  /** An IPv4 address, or the network half of an IPv6 address, because a visitor owns the other half. */
  readonly address: string;
  /** The first 48 bits of an IPv6 address, which a site owns; null: IPv4. */
  readonly network: string | null;
}

/**
 * Returns the visitor of a request; null for one of this machine, who has no limits: all visitors of a local Worker
 * have the same address. On Cloudflare, every request has the header.
 */
export function visitorOf(request: Request, { isLocal }: Config): Visitor | null {
  const address = request.headers.get("CF-Connecting-IP") ?? "";
  if (isLocal && (address === "" || isLoopback(address))) return null;
  if (!address.includes(":")) return { address, network: null };
  const groups = groupsOf(address);
  return { address: groups.slice(0, 4).join(":"), network: groups.slice(0, 3).join(":") };
}

/**
 * Rejects one visitor's endless requests before any merchant's object is called.
 *
 * @throws ApiError `rate_limited`.
 */
export async function requireWithinRate(
  request: Request,
  limit: RateLimited,
  { env, config }: RouteContext,
): Promise<void> {
  const visitor = visitorOf(request, config);
  if (visitor === null) return;
  const { address, network } = visitor;
  const counted = await Promise.all([
    env[limit].limit({ key: address }),
    ...(network === null ? [] : [env[OF_NETWORK[limit]].limit({ key: network })]),
  ]);
  if (counted.some(({ success }) => !success)) throw new ApiError("rate_limited", { retryAfter: 60 });
}

function isLoopback(address: string): boolean {
  return isLoopbackHost(address.includes(":") ? `[${address}]` : address);
}

const GROUPS = 8;

/** Returns the eight groups of an IPv6 address, in one spelling. */
function groupsOf(address: string): readonly string[] {
  const [start = "", end = ""] = address.toLowerCase().split("::");
  const [left, right] = [start, end].map((text) => (text === "" ? [] : text.split(":"))) as [string[], string[]];
  const zeros = Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
