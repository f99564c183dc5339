import type { Config } from "../context/config.ts";
import type { OwnHosts } from "./webhook-url.ts";

/** Where no webhook of ours is ever sent: to this Worker, to Qonto and to the payment provider. */
export function blockedHosts({ workerUrl, apiUrl, oauthUrl, payHosts, providerHosts, isLocal }: Config): OwnHosts {
  const hosts = new Set([workerUrl.host, apiUrl.host, oauthUrl.host, ...payHosts, ...providerHosts]);
  return { hosts, isLocal };
}
