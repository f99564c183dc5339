import type {
  CreateWebhookEndpointRequest,
  PageQuery,
  UpdateWebhookEndpointRequest,
  WebhookEndpoint,
  WebhookEndpointPage,
  WebhookEndpointWithSecret,
} from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { blockedHosts } from "./blocked-hosts.ts";
import { webhookSecretOf } from "./sign-webhook.ts";
import { deriveSecret } from "../crypto/derive-secret.ts";
import { digestOf } from "../crypto/digest.ts";
import { readWebhookUrl } from "./webhook-url.ts";
import type { EndpointSettings, StoredEndpoint } from "../storage/webhook-endpoints.ts";
import { pageOfWhole } from "../context/list-page.ts";
import type { ServerCall } from "../idempotency/server-call.ts";

const MOST_ENDPOINTS = 5;

/** How long a replaced secret also signs: time to deploy the new one to the shop. */
const BOTH_SIGN_MS = 24 * 60 * 60 * 1000;

/** How many secrets sign in addition to the current one. Each makes the header of a webhook 48 characters longer. */
const MOST_PREVIOUS_SECRETS = 9;

export interface WhichEndpoint {
  readonly id: string;
}

/**
 * Adds an endpoint. One address is one endpoint: if the address is registered, its endpoint gets the settings of the
 * request and a new secret, as with `rotateWebhookSecret`, and is enabled. Its earlier secret is never returned: with
 * it, the thief of a secret key could sign webhooks that the shop trusts. The earlier secret signs for another 24
 * hours, since each instance of a shop may register the address and store the secret of its own response.
 *
 * @throws ApiError `invalid_request` for an address that is not allowed; `webhook_endpoint_limit`.
 */
export async function createWebhookEndpoint(
  merchant: MerchantContext,
  request: CreateWebhookEndpointRequest,
  call: ServerCall,
): Promise<WebhookEndpointWithSecret> {
  const { attemptId } = call;
  const url = allowedUrl(merchant, request.url);
  const secret = await secretOf(merchant, attemptId);
  const sealed = await sealSecret(merchant, secret);
  const id = `we_${(await digestOf(attemptId)).slice(0, 20)}`;
  // An earlier call of the same attempt created it, and the object died before it answered.
  if (merchant.webhookEndpoints.find(id) !== null) return { ...answerOf(requireEndpoint(merchant, { id })), secret };
  const { event_types: eventTypes = null, description = null } = request;
  const settings = { url, eventTypes, description, isEnabled: true, disabledReason: null };
  const known = endpointAt(merchant, url);
  if (known !== null) return registerAgain(merchant, known, settings, call);
  if (merchant.webhookEndpoints.list().length >= MOST_ENDPOINTS) throw new ApiError("webhook_endpoint_limit");
  merchant.webhookEndpoints.add(id, settings, sealed, Date.now());
  return { ...answerOf(requireEndpoint(merchant, { id })), secret };
}

async function registerAgain(
  merchant: MerchantContext,
  { id, isEnabled: wasEnabled }: StoredEndpoint,
  settings: EndpointSettings,
  call: ServerCall,
): Promise<WebhookEndpointWithSecret> {
  merchant.webhookEndpoints.change(id, settings);
  const endpoint = await rotateWebhookSecret(merchant, { id }, call);
  if (!wasEnabled) {
    merchant.deliveries.resume(id, Date.now());
    merchant.dispatchSoon();
  }
  return endpoint;
}

/** Lists the endpoints, oldest first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listWebhookEndpoints(merchant: MerchantContext, query: PageQuery): WebhookEndpointPage {
  return pageOfWhole(merchant.webhookEndpoints.list().map(answerOf), query, "webhook endpoint");
}

/** @throws ApiError `webhook_endpoint_not_found`. */
export function readWebhookEndpoint(merchant: MerchantContext, which: WhichEndpoint): WebhookEndpoint {
  return answerOf(requireEndpoint(merchant, which));
}

/**
 * Changes the given fields. If the endpoint is enabled again or gets another address, its pending deliveries are sent
 * at once.
 *
 * @throws ApiError `webhook_endpoint_not_found`, and as `createWebhookEndpoint`.
 */
export async function updateWebhookEndpoint(
  merchant: MerchantContext,
  { id, request }: WhichEndpoint & { readonly request: UpdateWebhookEndpointRequest },
): Promise<WebhookEndpoint> {
  const before = requireEndpoint(merchant, { id });
  const { enabled: isEnabled = before.isEnabled } = request;
  const url = request.url === undefined ? before.url : allowedUrl(merchant, request.url);
  // An unchanged address may have been stored twice before an address was one endpoint.
  if (request.url !== undefined && url !== new URL(before.url).href) requireFreeUrl(merchant, url);
  merchant.webhookEndpoints.change(id, {
    url,
    eventTypes: request.event_types === undefined ? before.eventTypes : request.event_types,
    description: request.description === undefined ? before.description : request.description,
    isEnabled,
    disabledReason: request.enabled === undefined ? before.disabledReason : null,
  });
  if (isEnabled && (!before.isEnabled || url !== before.url)) {
    merchant.deliveries.resume(id, Date.now());
    merchant.dispatchSoon();
  }
  return readWebhookEndpoint(merchant, { id });
}

/** Deletes an endpoint and its deliveries. @throws ApiError `webhook_endpoint_not_found`. */
export function deleteWebhookEndpoint(merchant: MerchantContext, { id }: WhichEndpoint): null {
  requireEndpoint(merchant, { id });
  merchant.deliveries.removeAllOf(id);
  merchant.webhookEndpoints.remove(id);
  return null;
}

/**
 * Rotates the secret of an endpoint. Each replaced secret also signs for 24 hours; if there are more than 9, the latest
 * 9 do.
 *
 * @throws ApiError `webhook_endpoint_not_found`.
 */
export async function rotateWebhookSecret(
  merchant: MerchantContext,
  { id }: WhichEndpoint,
  { attemptId }: ServerCall,
): Promise<WebhookEndpointWithSecret> {
  const { sealedSecret: before } = requireEndpoint(merchant, { id });
  const secret = await secretOf(merchant, attemptId);
  const isRepeated = (await merchant.vault.decrypt(SECRET_FIELD, before)) === secret;
  if (!isRepeated) replaceSecret(merchant, id, await sealSecret(merchant, secret));
  return { ...readWebhookEndpoint(merchant, { id }), secret };
}

/** Reads and writes synchronously, so that two calls at once don't lose each other's secrets. */
function replaceSecret(merchant: MerchantContext, id: string, sealedSecret: string): void {
  const { sealedSecret: sealed, previousSecrets } = requireEndpoint(merchant, { id });
  const now = Date.now();
  const signing = [...previousSecrets, { sealed, until: now + BOTH_SIGN_MS }].filter(({ until }) => until > now);
  merchant.webhookEndpoints.replaceSecrets(id, {
    sealedSecret,
    previousSecrets: signing.slice(-MOST_PREVIOUS_SECRETS),
  });
}

/** Returns the secrets that sign now, the current one first. */
export function decryptSecrets(
  merchant: MerchantContext,
  endpoint: StoredEndpoint,
  now: number,
): Promise<readonly string[]> {
  const previous = endpoint.previousSecrets.filter(({ until }) => until > now).toReversed();
  const sealed = [endpoint.sealedSecret, ...previous.map((secret) => secret.sealed)];
  return Promise.all(sealed.map((text) => merchant.vault.decrypt(SECRET_FIELD, text)));
}

/** @throws ApiError `webhook_endpoint_not_found`. */
export function requireEndpoint(merchant: MerchantContext, { id }: WhichEndpoint): StoredEndpoint {
  const endpoint = merchant.webhookEndpoints.find(id);
  if (endpoint === null) throw new ApiError("webhook_endpoint_not_found");
  return endpoint;
}

/** Re-encrypts the secrets that were not encrypted with the current vault key. */
export async function reencryptEndpointSecrets(merchant: MerchantContext): Promise<void> {
  for (const { id, ...secrets } of merchant.webhookEndpoints.list()) {
    const previous = secrets.previousSecrets.filter(({ until }) => until > Date.now());
    const sealed = [secrets.sealedSecret, ...previous.map((secret) => secret.sealed)];
    if ((await Promise.all(sealed.map((text) => merchant.vault.isCurrent(text)))).every(Boolean)) continue;
    const sealedSecret = await reseal(merchant, secrets.sealedSecret);
    const previousSecrets = await Promise.all(
      previous.map(async (secret) => ({ ...secret, sealed: await reseal(merchant, secret.sealed) })),
    );
    // A secret that was replaced meanwhile is left for the next run.
    if (merchant.webhookEndpoints.find(id)?.sealedSecret !== secrets.sealedSecret) continue;
    merchant.webhookEndpoints.replaceSecrets(id, { sealedSecret, previousSecrets });
  }
}

async function reseal(merchant: MerchantContext, sealed: string): Promise<string> {
  return sealSecret(merchant, await merchant.vault.decrypt(SECRET_FIELD, sealed));
}

const SECRET_FIELD = "webhook_endpoint_secret";

/** Returns the same secret for an attempt that is repeated because the object died before it answered. */
async function secretOf({ name, config }: MerchantContext, attemptId: string): Promise<string> {
  return webhookSecretOf(await deriveSecret(config.vaultKeys[0], "webhook endpoint secret", `${name}/${attemptId}`));
}

function sealSecret(merchant: MerchantContext, secret: string): Promise<string> {
  return merchant.vault.encrypt(SECRET_FIELD, secret);
}

/**
 * Returns the address in the form of the URL parser, in which addresses are compared.
 *
 * @throws ApiError `invalid_request` for an address that is not allowed.
 */
function allowedUrl({ config }: MerchantContext, address: string): string {
  const read = readWebhookUrl(address, blockedHosts(config));
  if ("url" in read) return read.url;
  throw new ApiError("invalid_request", { param: "url", message: `The field url ${read.problem}.` });
}

/**
 * @param url in the form of the URL parser. The address of an endpoint may have been stored as the merchant wrote it.
 */
function endpointAt({ webhookEndpoints }: MerchantContext, url: string): StoredEndpoint | null {
  return webhookEndpoints.list().find((endpoint) => new URL(endpoint.url).href === url) ?? null;
}

/** @throws ApiError `invalid_request` if an endpoint has this address. */
function requireFreeUrl(merchant: MerchantContext, url: string): void {
  const other = endpointAt(merchant, url);
  if (other === null) return;
  const message = `The field url is already the address of the endpoint ${other.id}. Change that endpoint, or delete it first.`;
  throw new ApiError("invalid_request", { param: "url", message });
}

function answerOf(endpoint: StoredEndpoint): WebhookEndpoint {
  const { id, url, eventTypes, description, isEnabled, disabledReason, previousSecrets } = endpoint;
  const until = previousSecrets.at(-1)?.until ?? 0;
  return {
    id,
    url,
    event_types: eventTypes,
    description,
    enabled: isEnabled,
    disabled_reason: disabledReason,
    previous_secret_until: until > Date.now() ? new Date(until).toISOString() : null,
    created_at: new Date(endpoint.createdAt).toISOString(),
  };
}
