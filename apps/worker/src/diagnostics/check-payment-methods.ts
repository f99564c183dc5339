import type { MerchantContext } from "../context/merchant-context.ts";
import { listEnabledMethods } from "../connection/refresh-connection.ts";
import { failing, type Finding, ok } from "./check.ts";

/** Whether there is a method to pay by, as Qonto says now. @throws QontoError */
export async function checkPaymentMethods(merchant: MerchantContext): Promise<Finding<"payment_methods">> {
  const enabled = await listEnabledMethods(merchant);
  if (enabled.length > 0) return ok(`Enabled: ${enabled.join(", ")}.`, { enabled });
  return failing(
    "No payment method is enabled, so that Qonto refuses every link.",
    "The merchant enables one in the payment provider's dashboard. Then send POST /v1/diagnostics/repair: the Worker reads the methods again.",
    { enabled },
  );
}
