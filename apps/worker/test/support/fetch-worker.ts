import { API_ERRORS } from "@qonto-pay/core/api";
import { env, SELF } from "cloudflare:test";
import { documentedCodes } from "../../src/openapi/documented-codes.ts";
import { ROUTES } from "../../src/routes/index.ts";
import { OPERATIONS } from "./operations.ts";

/** The address of the deployment, whatever host a request names. */
const WORKER_ORIGIN = new URL((env as unknown as { WORKER_URL: string }).WORKER_URL).origin;

/**
 * Asks the Worker, as anybody would. Every refusal that a test meets has to be one that the reference says of its
 * operation, whatever the test is about.
 *
 * @throws Error for a refusal that is not documented, or comes with another status, type or link than its code has.
 */
export async function fetchWorker(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { method, url } = request;
  const response = await SELF.fetch(request);
  // What is answered to HEAD has no code to look at.
  if (response.status < 400 || method === "HEAD") return response;
  const text = await response.clone().text();
  const code = codeOf(response, text);
  const { pathname } = new URL(url);
  const isDocumented = codesAt(method, pathname).includes(code) && entryOf(code)?.status === response.status;
  requireLinkOf(response, text);
  if (isDocumented) return response;
  throw new Error(`${method} ${pathname} answered ${response.status} ${code}, which its reference does not say`);
}

/** The code of a refusal: of JSON, or of a page, which ends with it. */
export function codeOf(response: Response, text: string): string {
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html") === true;
  if (isPage) return /class="code">[^<]*<code>(\w+)<\/code>/.exec(text)?.[1] ?? "";
  return (JSON.parse(text) as { error: { code: string } }).error.code;
}

function requireLinkOf(response: Response, text: string): void {
  if (response.headers.get("Content-Type")?.startsWith("application/json") !== true) return;
  const { code, type, doc_url } = (JSON.parse(text) as { error: Record<string, string> }).error;
  if (type === entryOf(code)?.type && doc_url === `${WORKER_ORIGIN}/docs/errors#${code}`) return;
  throw new Error(`The error ${code} has the type ${type} and the link ${doc_url}`);
}

function entryOf(code: string | undefined): (typeof API_ERRORS)[keyof typeof API_ERRORS] | undefined {
  return Object.entries(API_ERRORS).find(([known]) => known === code)?.[1];
}

function codesAt(method: string, pathname: string): readonly string[] {
  const route = ROUTES.find(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}/*$`).test(pathname));
  if (route === undefined) return ["not_found"];
  const operation = OPERATIONS[`${method} ${route.path}`];
  return operation === undefined ? ["method_not_allowed", "misconfigured"] : documentedCodes(method, operation);
}
