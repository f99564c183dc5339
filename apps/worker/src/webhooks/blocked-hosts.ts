import type { Config } from "../context/config.ts";
import type { OwnHosts } from "./webhook-url.ts";

/** Returns the hosts to which no webhook is ever sent: those of this Worker, of Qonto and of the payment provider. */
export function blockedHosts({ workerUrl, apiUrl, oauthUrl, payHosts, providerHosts, isLocal }: Config): OwnHosts {
  const hosts = new Set([workerUrl.host, apiUrl.host, oauthUrl.host, ...payHosts, ...providerHosts]);
  return { hosts, isLocal };
}
