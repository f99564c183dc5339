import type { MerchantEvent } from "@qonto-pay/core/api";
import { fromBase64, toBase64 } from "../security/base64.ts";
import { hmacSha256 } from "../security/hmac.ts";
import { isSameText } from "../security/is-same-text.ts";
import { readEvent } from "./read-event.ts";
import { readHeaders, type SignedHeaders, type WebhookHeaders } from "./webhook-headers.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

export interface VerifyWebhookOptions {
  /** The present where not given. */
  readonly now?: Date | undefined;
  /** How many seconds the signature may be away from now; 300 where not given. */
  readonly toleranceSeconds?: number | undefined;
}

/**
 * Verifies a webhook of the Worker's as Standard Webhooks has it, and reads it. It comes again until it is answered with
 * 2xx, and may come twice: the event's `id` tells.
 *
 * @param body exactly as it came, before anything has parsed it.
 * @param secrets `whsec_…` of the endpoint; several while one takes the place of another.
 * @returns the event as `GET /v1/events` tells it, so that one handler serves both.
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { now = new Date(), toleranceSeconds = 300 }: VerifyWebhookOptions = {},
): Promise<MerchantEvent> {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) {
    throw new TypeError("`body` must be the raw body, as a text or bytes: what was parsed can't be verified any more.");
  }
  const keys = keysOf(secrets);
  const signed = readHeaders(headers);
  const text = typeof body === "string" ? body : new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  requireRecent(signed.timestamp, now.getTime() / 1000, toleranceSeconds);
  await requireSignature(signed, bytesOf(body), keys);
  return readEvent(text);
}

/** @throws WebhookVerificationError `malformed_secret`, also where there is none: nothing could be believed. */
function keysOf(secrets: string | readonly string[]): readonly Uint8Array<ArrayBuffer>[] {
  const keys = [secrets].flat().map((secret) => fromBase64(/^whsec_(.+)$/.exec(secret)?.[1] ?? ""));
  const found = keys.filter((key) => key !== null && key.length > 0) as readonly Uint8Array<ArrayBuffer>[];
  if (found.length > 0 && found.length === keys.length) return found;
  throw new WebhookVerificationError("malformed_secret", "Each secret must be whsec_ and base64.");
}

function requireRecent(timestamp: number, now: number, tolerance: number): void {
  const age = now - timestamp;
  // Asked this way round, what is no number lets nothing through.
  if (age >= -tolerance && age <= tolerance) return;
  throw age > 0
    ? new WebhookVerificationError("too_old", "The signature is too old.")
    : new WebhookVerificationError("too_new", "The signature is of the future.");
}

async function requireSignature(
  { id, timestamp, signatures }: SignedHeaders,
  body: Uint8Array,
  keys: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  const head = bytesOf(`${id}.${timestamp}.`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  for (const key of keys) {
    const expected = `v1,${toBase64(await hmacSha256(key, message))}`;
    if (signatures.some((signature) => isSameText(signature, expected))) return;
  }
  throw new WebhookVerificationError("wrong_signature", "None of the signatures is one of these secrets'.");
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}
