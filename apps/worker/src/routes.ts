import { parsePublishableKey } from "@qonto-pay/core/api";
import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import type { z } from "zod";
import type { Config } from "./config.ts";
import type { Env } from "./env.ts";
import { Failure, valueOf } from "./failure/failure.ts";
import { findMerchantObject } from "./find-merchant-object.ts";
import { answerJson } from "./http/answer.ts";
import { readBytes, readJson } from "./http/read-body.ts";
import { seedRequestSchema } from "./seed.schema.ts";
import { isSameSecret } from "./security/same-secret.ts";
import { StatusTokens } from "./security/status-token.ts";

/** Bytes. A shopper's request is a few hundred. */
const MAX_BODY_BYTES = 16 * 1024;
const MAX_WEBHOOK_BYTES = 256 * 1024;

/** What a route works with beside the request. */
export interface RouteContext {
  readonly env: Env;
  readonly config: Config;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** `POST /v1/checkouts` by publishable key. */
export async function postCheckout(request: Request, context: RouteContext): Promise<Response> {
  const body = parse(createCheckoutRequestSchema, await jsonOf(request, MAX_BODY_BYTES));
  const merchant = merchantOfKey(body.key, context.config);
  await requireWithinRate(request, context.env, merchant);
  const object = findMerchantObject(context.env, context.config, merchant);
  const { isNew, ...created } = valueOf(await object.createCheckout(body, request.headers.get("Origin")));
  return answerJson(created, isNew ? 201 : 200);
}

/** `GET /v1/prices?key=&product=&quantity=&amount=` */
export async function getPrice(request: Request, context: RouteContext): Promise<Response> {
  const { query } = context;
  const body = parse(createCheckoutRequestSchema.pick({ key: true, product: true, quantity: true, amount: true }), {
    key: query.get("key") ?? undefined,
    product: query.get("product") ?? undefined,
    quantity: query.has("quantity") ? Number(query.get("quantity") || Number.NaN) : undefined,
    amount: query.get("amount") ?? undefined,
  });
  const object = findMerchantObject(context.env, context.config, merchantOfKey(body.key, context.config));
  const price = valueOf(await object.quotePrice(body.product, body, request.headers.get("Origin")));
  const response = answerJson(price);
  response.headers.set("Cache-Control", "public, max-age=60");
  return response;
}

/** `GET /v1/checkouts/{id}/status?token=`: JSON, or server-sent events for who accepts those. */
export async function getStatus(request: Request, context: RouteContext): Promise<Response> {
  const id = context.params["id"] ?? "";
  const tokens = new StatusTokens(context.config.vaultKey);
  const merchant = await tokens.merchantOf(context.query.get("token") ?? "", id);
  if (merchant === null) throw new Failure("checkout_not_found");
  const object = findMerchantObject(context.env, context.config, merchant);
  const origin = request.headers.get("Origin");
  if (!request.headers.get("Accept")?.includes("text/event-stream")) {
    return answerJson(valueOf(await object.readStatus(id, origin)));
  }
  const stream = valueOf(await object.watchStatus(id, origin));
  return new Response(stream, {
    headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/** `POST /webhooks/qonto/{merchant}` */
export async function postWebhook(request: Request, context: RouteContext): Promise<Response> {
  const body = await readBytes(request, MAX_WEBHOOK_BYTES);
  if (body === null) throw new Failure("body_too_large");
  const merchant = context.params["merchant"] ?? "";
  if (parsePublishableKey(`pk_${context.config.environment}_${merchant}`) === null) throw new Failure("not_found");
  const object = findMerchantObject(context.env, context.config, merchant);
  valueOf(await object.receiveWebhook(body, request.headers.get("X-Qonto-Signature")));
  return answerJson({ received: true });
}

/** `PUT /_local/merchants/{merchant}` by the admin key, where Qonto is the sandbox on this very machine. */
export async function putLocalMerchant(request: Request, context: RouteContext): Promise<Response> {
  if (!context.config.isLocal) throw new Failure("not_found");
  const given = request.headers.get("Authorization") ?? "";
  if (!(await isSameSecret(given, `Bearer ${context.config.adminKey}`))) throw new Failure("invalid_key");
  const seed = parse(seedRequestSchema, await jsonOf(request, MAX_BODY_BYTES));
  const merchant = context.params["merchant"] ?? "";
  valueOf(await findMerchantObject(context.env, context.config, merchant).seed(seed));
  return answerJson({ merchant, key: `pk_${context.config.environment}_${merchant}` });
}

/** `GET /health` */
export function getHealth(): Response {
  return answerJson({ status: "ok" });
}

function merchantOfKey(key: string, config: Config): string {
  const parsed = parsePublishableKey(key);
  if (parsed === null) throw new Failure("invalid_key", { param: "key" });
  if (parsed.environment !== config.environment) throw new Failure("key_of_other_environment", { param: "key" });
  return parsed.merchant;
}

/** Cloudflare names the caller's address; where there is none (a local runtime, a test) there is no wall either. */
async function requireWithinRate(request: Request, env: Env, merchant: string): Promise<void> {
  const address = request.headers.get("CF-Connecting-IP");
  if (address === null) return;
  const { success } = await env.MINT_RATE_LIMIT.limit({ key: `${merchant}/${address}` });
  if (!success) throw new Failure("rate_limited", { retryAfter: 60 });
}

async function jsonOf(request: Request, maxBytes: number): Promise<unknown> {
  const body = await readJson(request, maxBytes);
  if ("json" in body) return body.json;
  throw new Failure(body.problem === "too_large" ? "body_too_large" : "invalid_json");
}

/** @throws Failure `invalid_request` that names the first offending field. */
function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
  const param = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1, 101);
  if (param === "") throw new Failure("invalid_request");
  throw new Failure("invalid_request", { param, message: `The field ${param} is missing or malformed.` });
}
