import { env } from "cloudflare:test";
import { SIGN_IN_TOKEN, WEBHOOK_ENDPOINT } from "../../../src/openapi/examples.ts";
import { type Operation, takesIdempotencyKey } from "../../../src/openapi/operation.ts";
import { adminKey, CONNECT } from "../connect.ts";
import {
  type ConsoleBrowser,
  newSignInLink,
  OWN_PAGE,
  type SessionAnswer,
  signedIn,
  signedInAsOperator,
} from "../console.ts";
import { webhookSecret } from "../sandbox.ts";
import { answerAsServer, openServerCheckout } from "../server.ts";
import { secretKeyOf, SHOP } from "../shop.ts";
import { sign } from "../webhook.ts";

const shopServer = (env as unknown as { SHOP_SERVER_URL: string }).SHOP_SERVER_URL;

/**
 * Replaces the webhook address of the examples with the tests' own server, so that no request leaves the machine, and
 * the secret key with that of the shop.
 */
export function onThisMachine(body: string): string {
  return body
    .replaceAll("example-of-an-admin-key-with-32-characters", adminKey)
    .replaceAll(WEBHOOK_ENDPOINT.url, shopServer)
    .replaceAll(/sk_sandbox_demo_example[\w-]*/g, secretKeyOf("demo"));
}

/** Objects of the tests' shop in place of the invented ids of the examples. */
export interface KnownThings {
  readonly checkout: string;
  readonly link: string;
  readonly key: string;
  readonly endpoint: string;
  readonly token: string;
  /** A browser that is signed in to the console, and the id of its session. */
  readonly browser: ConsoleBrowser;
  readonly session: string;
  /** An unused sign-in link: its id and its token. */
  readonly signInLink: string;
  readonly signInToken: string;
}

/** Creates one of each in the shop. */
export async function knownThings(): Promise<KnownThings> {
  const { id, payment_link, status_token } = await openServerCheckout({ reference: "ORDER-1" });
  const { id: key } = await answerAsServer<{ id: string }>("POST", "keys");
  const webhookEndpoint = { url: shopServer };
  const { id: endpoint } = await answerAsServer<{ id: string }>("POST", "webhook_endpoints", { body: webhookEndpoint });
  const browser = await signedIn();
  const { id: session } = await (await browser.call("GET", "console/session")).json<SessionAnswer>();
  const { id: signInLink, token: signInToken } = await newSignInLink();
  const ofConsole = { browser, session, signInLink, signInToken };
  return { checkout: id, link: payment_link.id, key, endpoint, token: status_token, ...ofConsole };
}

/** Returns the request of an example for existing objects. @param name the name of the body's example. */
export async function exampleRequest(
  route: string,
  operation: Operation,
  known: KnownThings,
  name: string,
): Promise<Request> {
  const [method = "", path = ""] = route.split(" ");
  const url = new URL(pathFor(path, known), CONNECT);
  for (const [word, value] of Object.entries(operation.queryExample ?? {})) {
    url.searchParams.set(word, word === "token" ? known.token : value);
  }
  const example = operation.request?.examples[name];
  const text = example === undefined ? null : onThisMachine(JSON.stringify(lately(example)));
  const body = text?.replace(SIGN_IN_TOKEN, known.signInToken) ?? null;
  const headers = new Headers({ Origin: SHOP, ...(await credentialsFor(operation, body ?? "")) });
  if (takesIdempotencyKey(method, operation)) headers.set("Idempotency-Key", "example-0001");
  return new Request(url, { method, headers, body, redirect: "manual" });
}

/** Returns the address of an existing object. */
export function pathFor(path: string, known: KnownThings, merchant = "demo"): string {
  return path
    .replace("/checkouts/:id", `/checkouts/${known.checkout}`)
    .replace("/v1/payment_links/:id", `/v1/payment_links/${known.link}`)
    .replace("/v1/webhook_endpoints/:id", `/v1/webhook_endpoints/${known.endpoint}`)
    .replace("/v1/keys/:id", `/v1/keys/${known.key}`)
    .replace("/v1/console/sessions/:id", `/v1/console/sessions/${known.session}`)
    .replace("/v1/console/sign_in_links/:id", `/v1/console/sign_in_links/${known.signInLink}`)
    .replace("/v1/products/:id", "/v1/products/mug")
    .replace("/pay/:key/:product", "/pay/pk_sandbox_demo/mug")
    .replace(":merchant", merchant);
}

/** A replay goes back at most 30 days. */
function lately(example: unknown): unknown {
  const hasTime = typeof example === "object" && example !== null && "since" in example;
  return hasTime ? { ...example, since: new Date().toISOString() } : example;
}

/** Returns the headers that authenticate the caller. @param body as it is sent. */
export async function credentialsFor({ caller, headers }: Operation, body: string): Promise<Record<string, string>> {
  switch (caller) {
    case "server":
      return { Authorization: `Bearer ${secretKeyOf("demo")}` };
    case "shopper_or_server":
      return body.includes('"pk_') ? {} : { Authorization: `Bearer ${secretKeyOf("demo")}` };
    case "admin":
      return { Authorization: `Bearer ${adminKey}` };
    case "qonto":
      return { "X-Qonto-Signature": await sign(body, await webhookSecret()) };
    case "console":
      return (await signedIn()).headers;
    case "operator_browser":
      return (await signedInAsOperator()).headers;
    case "merchant_browser":
      return {};
    case "anyone":
      return headers?.["Qonto-Pay-Console"] === undefined ? {} : OWN_PAGE;
  }
}
