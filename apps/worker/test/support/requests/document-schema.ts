import { namedSchemas, ownSchema } from "../../../src/openapi/json-schema.ts";
import { REQUESTS } from "../../../src/openapi/components.ts";
import type { RequestBody } from "../../../src/openapi/operation.ts";

/** The subset of JSON Schema that the API's document uses for requests. */
export interface RequestSchema {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly properties?: Readonly<Record<string, RequestSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: RequestSchema | boolean;
  readonly propertyNames?: RequestSchema;
  readonly items?: RequestSchema;
  readonly anyOf?: readonly RequestSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

const named = namedSchemas(REQUESTS, "input") as Readonly<Record<string, RequestSchema>>;

/** Returns the document's schema of a body. */
export function schemaOf({ schema, isForm = false }: RequestBody): RequestSchema {
  if (isForm) return ownSchema(schema, "input");
  const name = Object.keys(REQUESTS).find((key) => REQUESTS[key] === schema) ?? "";
  return resolved({ $ref: `#/components/schemas/${name}` });
}

/** Resolves a reference to a schema. */
export function resolved(schema: RequestSchema): RequestSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : resolved(named[name] ?? {});
}

/** Returns the first of several shapes whose fields this value has. */
export function shapeFor(schema: RequestSchema, value: unknown): RequestSchema {
  const { anyOf, ...rest } = resolved(schema);
  if (anyOf === undefined) return rest;
  const shapes = anyOf.map((shape) => resolved(shape));
  return shapes.find((shape) => fits(shape, value)) ?? shapes[0] ?? {};
}

function fits({ type, properties }: RequestSchema, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return type === (value === null ? "null" : typeof value);
  if (type !== "object" || properties === undefined) return type === "object";
  return Object.entries(value).every(([name, part]) => {
    const inner = properties[name];
    return inner !== undefined && (resolved(inner).type !== "object" || fits(resolved(inner), part));
  });
}
