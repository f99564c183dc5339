import { violationsOf } from "./contract.ts";
import { findOperation } from "./find-operation.ts";
import type { Operation } from "./operations.ts";

/** A request as the sandbox's journal (`GET /_sandbox/journal`) shows it, with masked secrets. */
export interface TrafficEntry {
  readonly at: string;
  /** Null for a page and for an unknown request. */
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed; null if it was empty. */
  readonly body: unknown;
  readonly status: number | null;
}

/**
 * Returns the violations of the documentation in a client's requests: method and path, query parameters, headers and
 * body, regardless of the answers. Each line names its request. Pages that a browser opened are ignored, except for the
 * query of the consent page, which the client wrote.
 */
export function validateTraffic(entries: readonly TrafficEntry[]): string[] {
  return entries.flatMap((entry) =>
    violationsOfRequest(entry).map((violation) => `${entry.at} ${entry.method} ${entry.path}: ${violation}`),
  );
}

const CONSENT_PAGE = "/oauth2/auth";

function violationsOfRequest(entry: TrafficEntry): string[] {
  if (entry.path === CONSENT_PAGE) {
    // The page's form is sent to the same address, but by the page and not by the client.
    return entry.method === "GET" ? violationsIn("query", "authorize.query", readQuery(entry.query)) : [];
  }
  const operation = findOperation(entry.method, entry.path);
  if (operation !== undefined) {
    return [
      ...headerViolations(operation, entry),
      ...queryViolations(operation, entry),
      ...bodyViolations(operation, entry),
    ];
  }
  return /^\/(v2|oauth2)(\/|$)/.test(entry.path) ? ["is not a documented operation"] : [];
}

function headerViolations(operation: Operation, entry: TrafficEntry): string[] {
  const header = (name: string) => String(entry.headers[name] ?? "");
  const mediaType = (name: string) =>
    header(name)
      .split(",")
      .map((value) => value.split(";")[0]?.trim().toLowerCase());
  const isApi = operation.scope !== undefined;
  const bodyType = isApi ? "application/json" : "application/x-www-form-urlencoded";
  const rules: readonly [boolean, string][] = [
    // Qonto's API only answers JSON, but the login wall in front of it answers HTML to clients that do not ask for
    // JSON. The answer to a revocation has no meaningful content (RFC 7009, 2.2).
    [
      operation.name === "revokeToken" || mediaType("accept").includes("application/json"),
      "Accept must name application/json",
    ],
    [
      operation.request === undefined || mediaType("content-type").includes(bodyType),
      `Content-Type must be ${bodyType}`,
    ],
    // This also applies to OAuth and to every behaviour of the sandbox: one setting of the Worker sends the token to
    // every Qonto except production.
    [header("x-qonto-staging-token") !== "", "X-Qonto-Staging-Token is missing"],
    [!isApi || isBearer(header("authorization")), "Authorization must be a bearer token"],
    [isApi || header("authorization") === "", "Authorization must be absent: the client authenticates in the form"],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, violation]) => `headers: ${violation}`);
}

const MASK = "***";

function isBearer(header: string): boolean {
  return header === MASK || /^Bearer \S+$/.test(header);
}

function queryViolations(operation: Operation, { query }: TrafficEntry): string[] {
  if (operation.query !== undefined) return violationsIn("query", operation.query, readQuery(query));
  return query === "" ? [] : ["query: none is documented"];
}

/** Returns each query parameter with its value; as a list if its name ends in `[]` or if it is repeated. */
function readQuery(query: string): Record<string, string | string[]> {
  const words = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(words.keys())].map((name) => {
      const values = words.getAll(name);
      const [only = ""] = values;
      return [name, values.length > 1 || name.endsWith("[]") ? values : only];
    }),
  );
}

function bodyViolations(operation: Operation, { body }: TrafficEntry): string[] {
  if (operation.request !== undefined) return violationsIn("body", operation.request, withStandIns(body));
  return body === null ? [] : ["body: none is documented"];
}

/** A secret that all documented formats allow. Replaces masked secrets. */
const SECRET_STAND_IN = "x".repeat(64);

/**
 * Returns the body with replacements for what only the sandbox causes: masked secrets, and plain http to this machine.
 */
function withStandIns(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (value === MASK) return [name, SECRET_STAND_IN];
      if (name === "callback_url") return [name, withHttpsAtHome(value)];
      return [name, value];
    }),
  );
}

function withHttpsAtHome(url: unknown): unknown {
  return typeof url === "string" ? url.replace(/^http:(?=\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/, "https:") : url;
}

function violationsIn(part: string, schema: string, value: unknown): string[] {
  return violationsOf(schema, value).map((violation) => `${part}: ${violation}`);
}
