import { ACTIVATION_URL } from "@qonto-pay/core/qonto";
import { QontoError } from "../qonto/qonto-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { findConnection, takesNoPayments, listEnabledMethods } from "../connection/refresh-connection.ts";
import { withKnownLocation } from "../connection/connection-location.ts";
import { connectLinkAdvice } from "./check-authorization.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

/** Checks at Qonto whether the payment provider takes payments for the merchant. @throws QontoError */
export async function checkConnection(merchant: MerchantContext): Promise<Finding<"connection">> {
  const found = await findConnection(merchant);
  const status = typeof found === "object" ? found.status : null;
  const measured = { status, activated: typeof found === "object" ? null : found === "none" };
  if (found === "not_activated") {
    return failing(
      "The merchant's Qonto organization has no payment links.",
      `The owner of the organization activates them at ${ACTIVATION_URL}. Then send POST /v1/diagnostics/repair, or get a new connect link. If Qonto does not offer them to this organization, ask Qonto's support.`,
      measured,
    );
  }
  const location = typeof found === "object" ? (await withKnownLocation(merchant, found)).connection_location : null;
  const finishing =
    location == null
      ? "The merchant opens the payment links in Qonto's app, or the payment provider's mail,"
      : "The merchant opens connection_location of GET /v1/connection,";
  const stored = merchant.settings.read("connection");
  if ((status === "enabled" || status === "pending") && stored !== null && takesNoPayments(stored)) {
    return failing(
      `The connection is ${status} at Qonto. The Worker has not read this status yet and opens no checkouts.`,
      "Send POST /v1/diagnostics/repair: the Worker then reads the connection within seconds.",
      measured,
    );
  }
  switch (status) {
    case "enabled":
      return ok("The payment provider takes payments for this merchant.", measured);
    case "pending":
      return warning(
        "The payment provider is still reviewing the merchant.",
        `${finishing} submits the missing information there, and waits for the provider's mail.`,
        measured,
      );
    case "disabled":
      return failing(
        "The payment provider no longer takes payments for this merchant.",
        `${finishing} and reads the reason there. Only the provider can enable the connection again.`,
        measured,
      );
    case "not_connected":
      return failing(
        "The merchant started to connect the payment provider and has not finished.",
        `${finishing} and finishes there.`,
        measured,
      );
    case null:
      return failing(
        "The merchant has not connected the payment provider yet.",
        `The merchant takes the second step of a new connect link, or you send POST /v1/connection. ${connectLinkAdvice(merchant)}`,
        measured,
      );
    default:
      return warning(
        "The connection has a status that this version does not know.",
        "Try a payment of the smallest amount. If it is rejected, update the deployment.",
        measured,
      );
  }
}

/** Checks at Qonto whether a payment method is enabled. @throws QontoError */
export async function checkPaymentMethods(merchant: MerchantContext): Promise<Finding<"payment_methods">> {
  const enabled = await methodsOrNull(merchant);
  if (enabled === null) {
    return failing(
      "Qonto lists no payment methods, because the payment provider is not connected.",
      "Follow the remediation of the check `connection`.",
    );
  }
  if (enabled.length > 0) return ok(`Enabled: ${enabled.join(", ")}.`, { enabled });
  return failing(
    "No payment method is enabled, so Qonto rejects every link.",
    "The merchant enables one in the payment provider's dashboard. Then send POST /v1/diagnostics/repair: the Worker reads the methods again.",
    { enabled },
  );
}

/** Returns null if Qonto answers 404: without a connection, or for an organization without payment links. */
async function methodsOrNull(merchant: MerchantContext): Promise<readonly string[] | null> {
  try {
    return await listEnabledMethods(merchant);
  } catch (fault) {
    if (fault instanceof QontoError && fault.kind === "not_found") return null;
    throw fault;
  }
}
