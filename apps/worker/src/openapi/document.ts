import { ANSWERS, REQUESTS } from "./components.ts";
import { errorExamples, REFUSALS } from "./describe-errors.ts";
import { describeOperation, pathOf } from "./describe-operation.ts";
import { INTRODUCTION } from "./introduction.ts";
import { namedSchemas } from "./json-schema.ts";
import { type Operations, TAGS } from "./operation.ts";

/** The parts of an OpenAPI document that this project reads. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly paths: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly components: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly [part: string]: unknown;
}

/** Returns the OpenAPI 3.1 document of the Worker API, made from the definitions of its routes and their schemas. */
export function openApiDocument(operations: Operations): OpenApiDocument {
  return {
    openapi: "3.1.0",
    info: {
      title: "qonto-pay Worker API",
      summary: "Payments by Qonto's payment links",
      description: INTRODUCTION,
      version: "1",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The Worker that serves this document." }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: paths(operations),
    components: {
      schemas: { ...namedSchemas(REQUESTS, "input"), ...namedSchemas(ANSWERS, "output") },
      examples: errorExamples(operations),
      headers: {
        RequestId: {
          description: "The id of the request. Quote it when you ask for help.",
          schema: { type: "string" },
          example: "req_0123456789abcdefghjk",
        },
        IdempotentReplayed: {
          description:
            "`true` if this response repeats the one to an earlier call under the same `Idempotency-Key`. Absent otherwise.",
          schema: { type: "string", enum: ["true"] },
          example: "true",
        },
        RetryAfter: {
          description: "Seconds to wait, if known.",
          schema: { type: "integer", minimum: 1 },
          example: 5,
        },
        Allow: { description: "The methods of this address.", schema: { type: "string" }, example: "GET, POST" },
        Location: { description: "The next address.", schema: { type: "string", format: "uri-reference" } },
      },
      responses: REFUSALS,
      securitySchemes: {
        secretKey: { type: "http", scheme: "bearer", description: "`sk_{sandbox|live}_{merchant}_{random}`" },
        adminKey: { type: "http", scheme: "bearer", description: "The `ADMIN_KEY` of the deployment." },
        qontoSignature: {
          type: "apiKey",
          in: "header",
          name: "X-Qonto-Signature",
          description: "`t={seconds},v1={HMAC-SHA256 of the raw body, in hex}`",
        },
        consoleSession: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-qonto-pay-console",
          description:
            "Set by `POST /v1/console/session`. On `http://localhost`, its name has no `__Host-`. Accepted only with the header `Qonto-Pay-Console: 1`, and only from pages of this Worker: any other `Origin` or `Sec-Fetch-Site` gets `origin_not_allowed`. A viewer may only read.",
        },
        operatorSession: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-qonto-pay-operator",
          description: "Set by `POST /v1/operator/session`. The same rules as for the session of the console.",
        },
        connectSession: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-qonto-pay-connect",
          description: "Set when a connect link was used.",
        },
      },
    },
  };
}

function paths(operations: Operations): OpenApiDocument["paths"] {
  const found: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = route.split(" ");
    (found[pathOf(path)] ??= {})[method.toLowerCase()] = describeOperation(method, operation);
  }
  return found;
}
