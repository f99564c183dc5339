import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok } from "./check.ts";

/** A key of the other environment never gets here: it is refused with `key_environment_mismatch`. */
export function checkKeyEnvironment({ config }: MerchantContext): Finding<"key_environment"> {
  const { environment, apiUrl } = config;
  const measured = { environment, qonto_host: apiUrl.host };
  const money = environment === "live" ? "money moves" : "no money moves";
  return ok(`This is a ${environment} key, and the deployment talks to the same Qonto: ${money}.`, measured);
}
