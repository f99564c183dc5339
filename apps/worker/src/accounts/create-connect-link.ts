import type { ConnectLink } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { digestOf } from "../crypto/digest.ts";
import { randomSecret } from "../crypto/random-secret.ts";

const LINK_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Creates a new connect link: to connect for the first time, to reauthorize, or to use another device. */
export async function createConnectLink(merchant: MerchantContext): Promise<ConnectLink> {
  const token = randomSecret();
  const hash = await digestOf(token);
  const now = Date.now();
  merchant.connectLinks.add(hash, now + LINK_LIFE_MS, now);
  const url = new URL(`/connect/${merchant.name}`, merchant.config.workerUrl);
  url.searchParams.set("token", token);
  return { connect_url: url.href, expires_at: new Date(now + LINK_LIFE_MS).toISOString() };
}
