import fc from "fast-check";
import { type RequestSchema, resolved } from "./document-schema.ts";

/** Generates values that a schema allows. */
export function arbitraryOf(schema: RequestSchema): fc.Arbitrary<unknown> {
  const { anyOf, enum: values, const: only, type, ...rest } = resolved(schema);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(arbitraryOf));
  if (only !== undefined) return fc.constant(only);
  if (values !== undefined) return fc.constantFrom(...values);
  switch (type) {
    case "object":
      return objectOf(rest);
    case "array":
      return fc.array(arbitraryOf(rest.items ?? {}), { minLength: rest.minItems ?? 0, maxLength: 3 });
    case "string":
      return textOf(rest);
    case "integer":
      return fc.integer({ min: rest.minimum ?? -10, max: rest.maximum ?? 1000 });
    case "number":
      return fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0.5, 1.005, 1e-7, 123.456));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

function objectOf({ properties, required = [], additionalProperties }: RequestSchema): fc.Arbitrary<unknown> {
  if (properties === undefined) {
    const values = typeof additionalProperties === "object" ? arbitraryOf(additionalProperties) : fc.string();
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), values, { maxKeys: 3 });
  }
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, arbitraryOf(field)]));
  return fc.record(fields, { requiredKeys: required as string[] });
}

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: RequestSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "uri") return fc.webUrl({ withQueryParameters: true });
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, 200), unit: "grapheme" });
}
