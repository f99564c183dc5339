import type { z } from "zod";
import { ANSWERS, REQUESTS } from "./components.ts";
import { describeErrors } from "./describe-errors.ts";
import { type JsonSchema, ownSchema } from "./json-schema.ts";
import {
  type Answer,
  type Caller,
  type Operation,
  type Parameter,
  type RequestBody,
  takesIdempotencyKey,
} from "./operation.ts";
import { idempotencyKey } from "./parameters.ts";

type Part = Record<string, unknown>;

const SECURITY: Readonly<Record<Caller, readonly Part[]>> = {
  server: [{ secretKey: [] }, { consoleSession: [] }],
  shopper_or_server: [{}, { secretKey: [] }, { consoleSession: [] }],
  admin: [{ adminKey: [] }, { operatorSession: [] }],
  operator_browser: [{ operatorSession: [] }],
  qonto: [{ qontoSignature: [] }],
  console: [{ consoleSession: [] }],
  merchant_browser: [{ connectSession: [] }],
  anyone: [],
};

/** Returns a path as OpenAPI writes it: `/v1/keys/{id}` for `/v1/keys/:id`. */
export function pathOf(route: string): string {
  return route.replaceAll(/:(\w+)/g, "{$1}");
}

/** Returns one operation of the document. */
export function describeOperation(method: string, operation: Operation): Part {
  const { id, tag, summary, description, caller, request, answers } = operation;
  const parameters = parametersOf(method, operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: SECURITY[caller],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined ? {} : { requestBody: describeBody(request) }),
    responses: {
      ...Object.fromEntries(
        answers.map((answer) => [answer.status, describeAnswer(answer, takesIdempotencyKey(method, operation))]),
      ),
      ...describeErrors(method, operation),
    },
  };
}

function parametersOf(method: string, operation: Operation): readonly Part[] {
  const { path = {}, query, queryExample = {}, headers = {} } = operation;
  const ofHeaders = {
    ...(takesIdempotencyKey(method, operation) ? { "Idempotency-Key": idempotencyKey } : {}),
    ...headers,
  };
  return [
    ...Object.entries(path).map(([name, value]) => describeParameter("path", name, value, true)),
    ...(query === undefined ? [] : queryParameters(query, queryExample)),
    ...Object.entries(ofHeaders).map(([name, value]) => describeParameter("header", name, value, false)),
  ];
}

function describeParameter(place: "path" | "header", name: string, value: Parameter, required: boolean): Part {
  const { description, example, pattern } = value;
  const schema = { type: "string", ...(pattern === undefined ? {} : { pattern }) };
  return { name, in: place, required, description, schema, example };
}

/**
 * Returns the query parameters. A list is sent as Qonto writes it, `status[]=open&status[]=paid`; a map with its keys,
 * `metadata[cart]=c-17`.
 */
function queryParameters(query: z.ZodObject, examples: Readonly<Record<string, string>>): readonly Part[] {
  const { properties = {}, required = [] } = ownSchema(query, "output") as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name: schema["type"] === "array" ? `${name}[]` : name,
    in: "query",
    required: required.includes(name),
    ...(schema["type"] === "object" ? { style: "deepObject", explode: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema,
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data"];

function describeBody({ schema, examples, isForm = false, isOptional = false }: RequestBody): Part {
  const body = {
    schema: isForm ? ownSchema(schema, "input") : referenceTo(schema, REQUESTS),
    examples: Object.fromEntries(
      Object.entries(examples).map(([summary, value]) => [keyOf(summary), { summary, value }]),
    ),
  };
  const types = isForm ? FORMS : ["application/json"];
  return { required: !isOptional, content: Object.fromEntries(types.map((type) => [type, body])) };
}

function describeAnswer({ status, description, schema, example, texts = {} }: Answer, isRepeatable: boolean): Part {
  const content = {
    ...(schema === undefined ? {} : { "application/json": { schema: referenceTo(schema, ANSWERS), example } }),
    ...Object.fromEntries(
      Object.entries(texts).map(([type, text]) => [type, { schema: { type: "string" }, example: text }]),
    ),
  };
  return {
    description,
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(isRepeatable ? { "Idempotent-Replayed": { $ref: "#/components/headers/IdempotentReplayed" } } : {}),
      ...(status === 303 ? { Location: { $ref: "#/components/headers/Location" } } : {}),
    },
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
}

/** @throws TypeError for a schema that `components.ts` does not name. */
function referenceTo(schema: z.ZodType, named: Readonly<Record<string, z.ZodType>>): Part {
  const name = Object.entries(named).find(([, known]) => known === schema)?.[0];
  if (name === undefined) throw new TypeError("Give this schema a name in apps/worker/src/openapi/components.ts.");
  return { $ref: `#/components/schemas/${name}` };
}

/** Returns "A server: items" as the key `a_server_items`. */
function keyOf(summary: string): string {
  return summary.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
}
