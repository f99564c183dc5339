import type { MerchantContext } from "../context/merchant-context.ts";
import { readPaymentMethods } from "../connection/refresh-connection.ts";
import { failing, type Finding, ok } from "./check.ts";

/** Whether there is a method to pay by, as Qonto says now. @throws QontoError */
export async function checkPaymentMethods(merchant: MerchantContext): Promise<Finding<"payment_methods">> {
  const enabled = await readPaymentMethods(merchant);
  if (enabled.length > 0) return ok(`Enabled: ${enabled.join(", ")}.`, { enabled });
  return failing(
    "No payment method is enabled, so that Qonto refuses every link.",
    "The merchant enables one in the payment provider's dashboard. Then ask here again: the shop takes it up at once.",
    { enabled },
  );
}
