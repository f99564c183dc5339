import { API_ERRORS } from "@qonto-pay/core/api";
import { env, SELF } from "cloudflare:test";
import { documentedCodes } from "../../src/openapi/documented-codes.ts";
import { ROUTES } from "../../src/routes/index.ts";
import { OPERATIONS } from "./requests/operations.ts";

/** The address of the deployment, regardless of the host in a request. */
const WORKER_ORIGIN = new URL((env as unknown as { WORKER_URL: string }).WORKER_URL).origin;

/**
 * Sends a request to the Worker. Every error that any test meets must be documented for its operation.
 *
 * @throws Error if an error is not documented, or if its status, type or link does not belong to its code.
 */
export async function fetchWorker(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { method, url } = request;
  const response = await SELF.fetch(request);
  // An answer to HEAD has no body with a code.
  if (response.status < 400 || method === "HEAD") return response;
  const text = await response.clone().text();
  const code = codeOf(response, text);
  const { pathname } = new URL(url);
  const isDocumented = codesAt(method, pathname).includes(code) && entryOf(code)?.status === response.status;
  requireLinkOf(response, text);
  if (isDocumented) return response;
  throw new Error(`${method} ${pathname} answered ${response.status} ${code}, which its reference does not document`);
}

/** Returns the code of an error, from JSON or from the end of a page. */
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
