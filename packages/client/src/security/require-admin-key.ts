import { parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";

/** @throws TypeError for what can't be a deployment's admin key; its message never holds the text. */
export function requireAdminKey(adminKey: string): void {
  if (parseSecretKey(adminKey) !== null || parsePublishableKey(adminKey) !== null) {
    throw new TypeError("`adminKey` is the key of a merchant. It must be the `ADMIN_KEY` of the deployment.");
  }
  // What a header can carry, from its first to its last character: fetch would cut or refuse the rest.
  if (/^[!-~][ -~]{30,}[!-~]$/.test(adminKey)) return;
  throw new TypeError("`adminKey` must be the `ADMIN_KEY` of the deployment, 32 characters of ASCII or more.");
}
