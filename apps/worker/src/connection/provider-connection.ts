import { type ConnectionAnswer, isLoopbackHost } from "@qonto-pay/core/api";
import type { CreateConnection, PaymentLinkConnection } from "@qonto-pay/core/qonto";
import { ApiError } from "../errors/api-error.ts";
import { authorizationProblemOf } from "./authorization-state.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { translateQontoErrors } from "../errors/translate-qonto-errors.ts";
import {
  connectionIsDue,
  findConnection,
  type FoundConnection,
  isActivated,
  storeFound,
} from "./refresh-connection.ts";

/**
 * Reads the connection to the payment provider from Qonto.
 *
 * @throws ApiError `connection_not_found`, `payment_links_not_activated`.
 */
export async function readConnectionAtQonto(merchant: MerchantContext, _nothing: null): Promise<ConnectionAnswer> {
  requireAuthorization(merchant);
  const found = await storeFound(merchant, await findConnectionOf(merchant));
  if (found === "none") throw new ApiError("connection_not_found");
  if (found === "not_activated") throw new ApiError("payment_links_not_activated");
  return answerOf(merchant, found);
}

/** @throws ApiError `merchant_not_connected` if Qonto answers nothing until the merchant reauthorizes. */
function requireAuthorization({ settings }: MerchantContext): void {
  const problem = authorizationProblemOf(settings, Date.now());
  if (problem !== "revoked" && problem !== "rejected") return;
  const message = "The merchant must reauthorize: Qonto no longer accepts the authorization. Get a new connect link.";
  throw new ApiError("merchant_not_connected", { message });
}

/** @throws ApiError translated from Qonto's answer. */
async function findConnectionOf(merchant: MerchantContext): Promise<FoundConnection> {
  try {
    return await translateQontoErrors(() => findConnection(merchant));
  } catch (error) {
    // The failed call may have shown that the authorization has ended.
    requireAuthorization(merchant);
    throw error;
  }
}

/**
 * Connects a bank account to the payment provider. The merchant then finishes on the provider's own pages.
 *
 * @throws ApiError `multiple_connections_not_allowed` if a connection exists; `payment_links_not_activated` if the
 *   organization has no payment links; `invalid_request` for a field that Qonto rejects.
 */
export async function createConnection(merchant: MerchantContext, body: CreateConnection): Promise<ConnectionAnswer> {
  // Regardless of the result: Qonto may have created the connection although its answer was lost.
  connectionIsDue(merchant);
  const connection = await translateQontoErrors(() => createAtQonto(merchant, body));
  await storeFound(merchant, connection);
  return answerOf(merchant, connection);
}

async function createAtQonto(merchant: MerchantContext, body: CreateConnection): Promise<PaymentLinkConnection> {
  try {
    return await merchant.qonto.createConnection(body);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.code === "multiple_connections_not_allowed") throw new ApiError("multiple_connections_not_allowed");
    if (fault.kind === "not_found") {
      const isMissing = !(await isActivated(merchant));
      throw new ApiError(isMissing ? "payment_links_not_activated" : "qonto_refused", { reason: fault.message });
    }
    const field = rejectedField(merchant.config.isLocal, body, fault);
    if (field === null) throw fault;
    throw new ApiError("invalid_request", { param: field, message: REJECTED[field], reason: fault.message });
  }
}

const PUBLIC_ADDRESS = "Qonto rejects this address. Send a public https address: it does not take localhost.";

/** Messages for values that pass our own rules but that Qonto rejects. */
const REJECTED: Readonly<Record<keyof CreateConnection, string>> = {
  partner_callback_url: PUBLIC_ADDRESS,
  user_website_url: PUBLIC_ADDRESS,
  user_bank_account_id: "Qonto rejects this bank account. Send the id of an account of the merchant's organization.",
  user_phone_number: "Qonto rejects this phone number. Send one in E.164 form, like +33612345678.",
  business_description: "Qonto rejects this description. Send 80 characters or more about what the business sells.",
};

/**
 * Returns the field that Qonto has rejected; null: not known. It is the field that the error names, or else a loopback
 * address, which Qonto does not take (an integrator's code states so; field notes of 2026-11-29, 8.2).
 *
 * @param isLocal whether Qonto's API is simulated on the same machine. It can reach loopback addresses then.
 */
export function rejectedField(
  isLocal: boolean,
  body: CreateConnection,
  { kind, field }: QontoError,
): keyof CreateConnection | null {
  if (kind !== "refused") return null;
  if (field !== undefined && Object.hasOwn(REJECTED, field)) return field as keyof CreateConnection;
  if (isLocal) return null;
  const callback = new URL(body.partner_callback_url);
  if (callback.protocol !== "https:" || isLoopbackHost(callback.hostname)) return "partner_callback_url";
  return isLoopbackHost(new URL(body.user_website_url).hostname) ? "user_website_url" : null;
}

function answerOf(merchant: MerchantContext, connection: PaymentLinkConnection): ConnectionAnswer {
  return { ...connection, needs_reconnect: authorizationProblemOf(merchant.settings, Date.now()) };
}
