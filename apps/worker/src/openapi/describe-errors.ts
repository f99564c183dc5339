import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { documentedCodes } from "./documented-codes.ts";
import { errorExample } from "./examples.ts";
import type { Operation, Operations } from "./operation.ts";

type Part = Record<string, unknown>;

/** Errors that pages also answer as JSON: without settings, no page can be shown. */
const ALWAYS_JSON: ReadonlySet<ApiErrorCode> = new Set(["misconfigured"]);

/** Errors of requests that match no operation: another method, or an unknown address. */
const OF_NO_OPERATION: readonly ApiErrorCode[] = ["method_not_allowed", "not_found"];

/** Responses that all operations share, as components of the document. */
export const REFUSALS: Readonly<Record<string, Part>> = {
  Refusal: {
    description: "Any other request. With `method_not_allowed`, `Allow` lists the methods of this address.",
    headers: headersOf(OF_NO_OPERATION),
    content: { "application/json": jsonOf(OF_NO_OPERATION) },
  },
  RefusalPage: {
    description: "Any other request. With `method_not_allowed`, `Allow` lists the methods of this address.",
    headers: headersOf(OF_NO_OPERATION),
    content: { "text/html": pageOf(["method_not_allowed"]) },
  },
};

/** Returns an example of each error that can come as JSON, as components of the document. */
export function errorExamples(operations: Operations): Record<string, Part> {
  const codes = Object.entries(operations).flatMap(([route, operation]) =>
    documentedCodes(route.split(" ")[0] ?? "", operation).filter((code) => isJson(code, operation)),
  );
  return Object.fromEntries(
    [...new Set([...OF_NO_OPERATION, ...codes])].toSorted().map((code) => {
      const { message } = API_ERRORS[code];
      return [code, { summary: message, value: errorExample(code, message) }];
    }),
  );
}

/** Returns the errors of an operation by status, with one example for each code. */
export function describeErrors(method: string, operation: Operation): Record<string, Part> {
  const codes = documentedCodes(method, operation);
  const statuses = new Set(codes.map((code) => API_ERRORS[code].status));
  const codesOf = (status: number) => codes.filter((code) => API_ERRORS[code].status === status);
  const others =
    operation.tag === "Pages"
      ? { default: { $ref: "#/components/responses/RefusalPage" } }
      : { "4XX": { $ref: "#/components/responses/Refusal" } };
  return {
    ...Object.fromEntries([...statuses].map((status) => [status, describeError(codesOf(status), operation)])),
    ...others,
  };
}

function describeError(codes: readonly ApiErrorCode[], operation: Operation): Part {
  const asJson = codes.filter((code) => isJson(code, operation));
  const asPage = codes.filter((code) => !isJson(code, operation));
  return {
    description: codes.map((code) => `- \`${code}\`: ${API_ERRORS[code].message}`).join("\n"),
    headers: headersOf(codes),
    content: {
      ...(asJson.length === 0 ? {} : { "application/json": jsonOf(asJson) }),
      ...(asPage.length === 0 ? {} : { "text/html": pageOf(asPage) }),
    },
  };
}

function isJson(code: ApiErrorCode, { tag }: Operation): boolean {
  return tag !== "Pages" || ALWAYS_JSON.has(code);
}

function headersOf(codes: readonly ApiErrorCode[]): Part {
  return {
    "X-Request-Id": { $ref: "#/components/headers/RequestId" },
    ...(codes.some(canBeWaitedFor) ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {}),
    ...(codes.includes("method_not_allowed") ? { Allow: { $ref: "#/components/headers/Allow" } } : {}),
  };
}

function canBeWaitedFor(code: ApiErrorCode): boolean {
  const { status } = API_ERRORS[code];
  return status === 429 || status === 503;
}

function jsonOf(codes: readonly ApiErrorCode[]): Part {
  return {
    schema: { $ref: "#/components/schemas/Error" },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
}

/** Returns an error page. Its text ends with the code. */
function pageOf(codes: readonly ApiErrorCode[]): Part {
  return {
    schema: { type: "string" },
    examples: Object.fromEntries(
      codes.map((code) => [code, { summary: API_ERRORS[code].message, value: `Code <code>${code}</code>` }]),
    ),
  };
}
