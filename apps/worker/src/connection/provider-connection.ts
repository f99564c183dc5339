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
 * The connection to the payment provider, read from Qonto now.
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

/** @throws ApiError `merchant_not_connected` where the merchant has to reauthorize before Qonto answers anything. */
function requireAuthorization({ settings }: MerchantContext): void {
  const problem = authorizationProblemOf(settings, Date.now());
  if (problem !== "revoked" && problem !== "rejected") return;
  const message = "The merchant must reauthorize: Qonto no longer accepts the authorization. Get a new connect link.";
  throw new ApiError("merchant_not_connected", { message });
}

/** @throws ApiError of what Qonto answered. */
async function findConnectionOf(merchant: MerchantContext): Promise<FoundConnection> {
  try {
    return await translateQontoErrors(() => findConnection(merchant));
  } catch (error) {
    // The call may have found out.
    requireAuthorization(merchant);
    throw error;
  }
}

/**
 * Connects a bank account to the payment provider. The merchant then finishes at the provider's own pages.
 *
 * @throws ApiError `multiple_connections_not_allowed` where there is one already; `payment_links_not_activated` where the
 *   organization has none to connect; `invalid_request` for a field that Qonto rejects.
 */
export async function createConnection(merchant: MerchantContext, body: CreateConnection): Promise<ConnectionAnswer> {
  // Whatever comes of it: an answer that is lost may have made the connection all the same.
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

/** What Qonto takes, where it rejects a value that our own rules allow. */
const REJECTED: Readonly<Record<keyof CreateConnection, string>> = {
  partner_callback_url: PUBLIC_ADDRESS,
  user_website_url: PUBLIC_ADDRESS,
  user_bank_account_id: "Qonto rejects this bank account. Send the id of an account of the merchant's organization.",
  user_phone_number: "Qonto rejects this phone number. Send one in E.164 form, like +33612345678.",
  business_description: "Qonto rejects this description. Send 80 characters or more about what the business sells.",
};

/**
 * Which field Qonto has rejected: the one that its error points to, or an address that only this machine knows, which
 * Qonto does not take (an integrator's code says so; field notes of 2026-11-29, 8.2). Null: not known.
 *
 * @param isLocal whether Qonto is on this very machine, too: then it knows such addresses.
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
