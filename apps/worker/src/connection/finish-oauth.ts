import type { Organization } from "@qonto-pay/core/qonto";
import { ApiError, type ApiErrorDetail } from "../errors/api-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { type ConsentRefusal, type ConsentRequest, SCOPES, type Tokens } from "../qonto/oauth.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { digestOf } from "../crypto/digest.ts";
import { redirectUriOf, VERIFIER_FIELD } from "./start-oauth.ts";
import { connectionIsDue, refreshConnection } from "./refresh-connection.ts";
import { ensureWebhookSubscription, subscriptionIsDue } from "./ensure-webhook-subscription.ts";

/** The parameters with which Qonto redirects the merchant's browser back. */
export interface ConsentAnswer {
  /** The query, as text. */
  readonly query: string;
  readonly state: string;
}

/**
 * Completes a merchant's consent: exchanges the code and stores the tokens. Changes nothing unless the answer has the
 * state of this browser's own request and belongs to the merchant's known organization.
 *
 * @throws ApiError `invalid_authorization`, `authorization_denied`, `authorization_failed`, `organization_mismatch`,
 *   `invalid_connect_session`, and for a failed call to Qonto.
 */
export async function finishOAuth(
  merchant: MerchantContext,
  sessionHash: string,
  answer: ConsentAnswer,
): Promise<void> {
  const verifier = merchant.oauthRequests.take(await digestOf(answer.state), sessionHash, Date.now());
  if (verifier === null)
    throw new ApiError("invalid_authorization", { reason: "the state is unknown, used or too old" });
  const callback = merchant.oauth.readCallback(new URLSearchParams(answer.query), answer.state);
  if (callback === "refused") throw new ApiError("authorization_denied");
  if (typeof callback === "string") throw new ApiError("authorization_failed", REFUSALS[callback]);
  const asked = {
    redirectUri: redirectUriOf(merchant),
    state: answer.state,
    codeVerifier: await merchant.vault.decrypt(VERIFIER_FIELD, verifier),
  };
  const tokens = await exchanged(merchant, () => exchangeCode(merchant, callback, asked));
  const organization = await exchanged(merchant, () => merchant.qontoBy(tokens).getOrganization());
  await requireSameOrganization(merchant, organization, tokens);
  if (!merchant.connectSessions.has(sessionHash, Date.now())) {
    // The merchant was disconnected while Qonto answered.
    await revoke(merchant, tokens);
    throw new ApiError("invalid_connect_session");
  }
  await merchant.accessToken.connect(tokens);
  merchant.settings.write("organization", { id: organization.id, name: nameOf(organization) });
  recordEvent(merchant, "authorization.granted", {});
  await lookAtQonto(merchant);
}

const FOR_THE_OPERATOR = "Nothing was changed. Tell the operator of this shop's payments:";

/** The message for the merchant and the log's reason, for a consent page that returned no code. */
const REFUSALS: Readonly<Record<Exclude<ConsentRefusal, "refused">, ApiErrorDetail>> = {
  scope: {
    message: `${FOR_THE_OPERATOR} Qonto answers that the application may not request one of its scopes. Switch on all of these for the application in Qonto's developer portal, then connect again: ${SCOPES.join(", ")}.`,
    reason: "Qonto answered invalid_scope: switch on every scope for the application in the developer portal",
  },
  client: {
    message: `${FOR_THE_OPERATOR} Qonto does not accept the application. Compare QONTO_CLIENT_ID with Qonto's developer portal, then connect again.`,
    reason: "Qonto answered that the application may not request a consent: check QONTO_CLIENT_ID",
  },
  not_ours: { reason: "Qonto sent back no code" },
  failed: { reason: "Qonto sent back no code" },
};

const CLIENT_REJECTED = `${FOR_THE_OPERATOR} Qonto rejects the deployment's client id or client secret. Compare both with Qonto's developer portal and correct them, then connect again.`;

/** @throws QontoError. An error that affects every merchant of the deployment is recorded as an outage. */
async function exchangeCode(
  merchant: MerchantContext,
  callback: URLSearchParams,
  asked: ConsentRequest,
): Promise<Tokens> {
  try {
    return await merchant.oauth.exchangeCode(callback, asked);
  } catch (fault) {
    if (fault instanceof QontoError) await merchant.outages.failed(fault);
    throw fault;
  }
}

/** @throws ApiError if the call failed. Nothing is stored then. */
async function exchanged<T>(merchant: MerchantContext, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.kind === "misconfigured") {
      throw new ApiError("authorization_failed", { message: CLIENT_REJECTED, reason: fault.message });
    }
    if (fault.isForeign)
      throw new ApiError("authorization_failed", { message: foreignText(merchant), reason: fault.message });
    if (fault.kind === "not_connected")
      throw new ApiError("invalid_authorization", { reason: "Qonto rejected the code" });
    if (fault.kind === "rate_limited" || fault.kind === "unavailable") throw toApiError(fault);
    throw new ApiError("authorization_failed", { reason: fault.message });
  }
}

function foreignText({ config }: MerchantContext): string {
  const check = config.stagingToken === null ? "Check QONTO_OAUTH_URL and QONTO_API_URL" : "Check QONTO_STAGING_TOKEN";
  return `${FOR_THE_OPERATOR} another server answered in place of Qonto's API. ${check}, then connect again.`;
}

/**
 * Revokes tokens that are not stored. If Qonto does not answer, they expire. Does not use `DELETE /v2/oauth2/consents`,
 * which ends all consents of this user, including the one for this shop's organization.
 */
async function revoke(merchant: MerchantContext, tokens: Tokens): Promise<void> {
  try {
    await merchant.oauth.revoke(tokens.refreshToken);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
  }
}

/**
 * Ensures that a merchant stays with one organization, which holds its checkouts. Revokes the tokens of any other.
 *
 * @throws ApiError `organization_mismatch`.
 */
async function requireSameOrganization(merchant: MerchantContext, found: Organization, tokens: Tokens): Promise<void> {
  const known = merchant.settings.read("organization");
  if (known === null || known.id === found.id) return;
  await revoke(merchant, tokens);
  throw new ApiError("organization_mismatch", {
    message: `This shop belongs to ${known.name} at Qonto. Choose that organization. Nothing was changed.`,
  });
}

/** Returns the name under which the organization is shown. */
function nameOf({ name, legal_name, slug }: Organization): string {
  return name ?? legal_name ?? slug;
}

/**
 * Reads the connection and ensures the webhook subscription. If a step fails, the consent is kept and the alarm repeats
 * the step.
 */
async function lookAtQonto(merchant: MerchantContext): Promise<void> {
  connectionIsDue(merchant);
  subscriptionIsDue(merchant);
  // While there was no consent, links could not be read, and webhooks may have been missed.
  merchant.checkoutReads.readOpenLinksBy(Date.now());
  await Promise.all([refreshConnection(merchant), ensureWebhookSubscription(merchant)]);
}
