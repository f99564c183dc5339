import { API_ERRORS } from "@qonto-pay/core/api";
import { env } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { documentedCodes } from "../../src/openapi/documented-codes.ts";
import type { Operation } from "../../src/openapi/operation.ts";
import { OPERATIONS } from "../support/requests/operations.ts";
import { type AnyRequest, anyRequest } from "../support/requests/arbitrary-request.ts";
import { adminKey, CONNECT, createMerchant } from "../support/connect.ts";
import {
  credentialsFor,
  type KnownThings,
  knownThings,
  onThisMachine,
  pathFor,
} from "../support/requests/example-request.ts";
import { signedIn } from "../support/console.ts";
import { webhookSecret } from "../support/sandbox.ts";
import { openShop, secretKeyOf, SHOP } from "../support/shop.ts";

/** Number of requests: 500, or the value from the environment. */
const REQUESTS = Number((env as unknown as Record<string, string>)["GENERATED_REQUESTS"]);

/** After so many requests, the shop is opened again: fewer than Qonto's rate limit leaves to servers. */
const ROUND = 250;

/** A request that hangs is a finding. The speed of an answer depends on the machine. */
const PATIENCE_MS = 30_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The secret key of a merchant that a request may disconnect: the others need a connection. */
let bakeryKey = "";

it("any request is answered as documented, and no answer or log line contains a secret", {
  timeout: 600_000,
}, async () => {
  const lines = recordLog();
  const settings = env as unknown as Record<string, string>;
  for (let done = 0; done < REQUESTS; done += ROUND) {
    await openShop();
    bakeryKey = (await createMerchant("bakery", [SHOP])).secret_key;
    const known = await knownThings();
    const secrets = [
      secretKeyOf("demo"),
      bakeryKey,
      adminKey,
      settings["VAULT_KEY"] ?? "",
      settings["QONTO_CLIENT_SECRET"] ?? "",
      settings["QONTO_STAGING_TOKEN"] ?? "",
      await webhookSecret(),
      known.browser.cookie,
      known.signInToken,
    ];
    lines.length = 0;
    const property = fc.asyncProperty(anyRequest, async (asked) => {
      const text = await answerOf(asked, known);
      for (const secret of secrets) expect(text).not.toContain(secret);
    });
    await fc.assert(property, { numRuns: Math.min(ROUND, REQUESTS - done), endOnFailure: true });
    for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
    expect(lines.length).toBeGreaterThan(0);
  }
});

/** Sends a request and compares the answer with the documentation. @returns the answer, as text. */
async function answerOf(asked: AnyRequest, known: KnownThings): Promise<string> {
  const request = await requestOf(asked, known);
  const startedAt = Date.now();
  const response = await fetchWorker(request);
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream") === true;
  if (isStream) await response.body?.cancel();
  const text = isStream ? "" : await response.text();
  expect(Date.now() - startedAt).toBeLessThan(PATIENCE_MS);
  if (response.status >= 400) requireDocumented(asked.route, response, text);
  else expect(OPERATIONS[asked.route]?.answers.map(({ status }) => status)).toContain(response.status);
  return `${JSON.stringify([...response.headers])}\n${text}`;
}

function requireDocumented(route: string, response: Response, text: string): void {
  const code = codeOf(response, text);
  const operation = OPERATIONS[route];
  const [method = ""] = route.split(" ");
  // A path with odd values can be the address of another operation, or of none.
  const documented = operation === undefined ? [] : documentedCodes(method, operation);
  expect([...documented, "not_found", "method_not_allowed"]).toContain(code);
  expect(response.status).toBe(API_ERRORS[code as keyof typeof API_ERRORS].status);
  expect(response.status, `${route} ${code}`).toBeLessThan(500);
}

function codeOf(response: Response, text: string): string {
  if (response.headers.get("Content-Type")?.startsWith("text/html") === true) {
    return /Code <code>(\w+)<\/code>/.exec(text)?.[1] ?? "";
  }
  const { error, ...nothing } = JSON.parse(text) as { error: Record<string, string> };
  expect(nothing).toEqual({});
  const { code = "", type, message, doc_url, request_id, param: _param, ...rest } = error;
  expect(rest).toEqual({});
  expect(message).toMatch(/\S/);
  expect(type).toMatch(/^[a-z_]+_error$/);
  expect(new URL(doc_url ?? "").hash).toBe(`#${code}`);
  expect(request_id).toBe(response.headers.get("X-Request-Id"));
  return code;
}

async function requestOf(asked: AnyRequest, known: KnownThings): Promise<Request> {
  const { route, pathValue, query, authorization, headers } = asked;
  const body = asked.body === null ? null : onThisMachine(asked.body);
  const operation = OPERATIONS[route];
  if (operation === undefined) throw new TypeError(`${route} is not described`);
  const [method = "", pattern = ""] = route.split(" ");
  // Half a surrogate pair can't be sent.
  const odd = encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(pathValue ?? "")));
  const merchant = operation.caller === "qonto" ? "demo" : "bakery";
  const url = new URL(
    pathValue === null ? pathFor(pattern, known, merchant) : pattern.replaceAll(/:\w+/g, odd),
    CONNECT,
  );
  for (const [word, value] of query) {
    url.searchParams.append(word, value === operation.queryExample?.["token"] ? known.token : value);
  }
  const origin = operation.request?.isForm === true ? CONNECT : SHOP;
  const right = await credentialsOf(asked, operation, body ?? "");
  const sent = new Headers({ Origin: origin, ...right, ...headers });
  if (authorization !== null) sent.set("Authorization", authorization);
  return new Request(url, { method, headers: sent, body, redirect: "manual" });
}

/** Returns the headers of the caller. A request of the fuzz can end any session, so each has a new one. */
async function credentialsOf(
  { route, byConsole }: AnyRequest,
  operation: Operation,
  body: string,
): Promise<Record<string, string>> {
  if (route === "POST /v1/merchant/disconnect") return { Authorization: `Bearer ${bakeryKey}` };
  if (byConsole && operation.caller.includes("server")) return (await signedIn()).headers;
  return credentialsFor(operation, body);
}

function recordLog(): string[] {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  return lines;
}
