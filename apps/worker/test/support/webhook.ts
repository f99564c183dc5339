import { fetchWorker } from "./fetch-worker.ts";
import { webhookSecret } from "./sandbox.ts";
import { WORKER } from "./shop.ts";

/** Returns an event of `v1/payment-links` as documented. */
export function paymentLinkEvent(linkId: string, detail: { id?: string; event?: string; status?: string } = {}) {
  return {
    id: detail.id ?? crypto.randomUUID(),
    subscription_id: crypto.randomUUID(),
    organization_id: crypto.randomUUID(),
    membership_id: crypto.randomUUID(),
    type: "v1/payment-links",
    created_at: new Date().toISOString(),
    data: {
      event: detail.event ?? "updated",
      status: detail.status ?? "paid",
      payment_link_id: linkId,
      resource_type: "Basket",
    },
  };
}

/** Returns an event of `v1/payment-links-connections` as documented. */
export function connectionEvent(event: "connection_enabled" | "connection_revoked") {
  return {
    id: crypto.randomUUID(),
    subscription_id: crypto.randomUUID(),
    organization_id: crypto.randomUUID(),
    membership_id: crypto.randomUUID(),
    type: "v1/payment-links-connections",
    created_at: new Date().toISOString(),
    data: { event },
  };
}

/** Returns an event of `v1/consent-revocations` as documented. */
export function consentRevocationEvent(clientId = "sandbox-client") {
  return {
    id: crypto.randomUUID(),
    subscription_id: crypto.randomUUID(),
    organization_id: crypto.randomUUID(),
    membership_id: crypto.randomUUID(),
    type: "v1/consent-revocations",
    created_at: new Date().toISOString(),
    data: { client_id: clientId, revoked_at: new Date().toISOString() },
  };
}

/** Signs a body as Qonto does. @param seconds the signature's Unix time. */
export async function sign(body: string, secret: string, seconds = Math.floor(Date.now() / 1000)): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(`${seconds}.${body}`)));
  return `t=${seconds},v1=${Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Delivers a body with a signature, as Qonto would. */
export function deliver(body: string, signature: string | null, merchant = "demo"): Promise<Response> {
  return fetchWorker(`${WORKER}/webhooks/qonto/${merchant}`, {
    method: "POST",
    headers: signature === null ? {} : { "X-Qonto-Signature": signature },
    body,
  });
}

/** Delivers an event that Qonto signed. */
export async function deliverEvent(event: unknown): Promise<Response> {
  const body = JSON.stringify(event);
  return deliver(body, await sign(body, await webhookSecret()));
}
