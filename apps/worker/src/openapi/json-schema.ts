import * as z from "zod";

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = Record<string, unknown>;

/** Whether a schema describes a request or a response. */
type Direction = "input" | "output";

/** Returns schemas by name. A schema that contains a named one refers to it. */
export function namedSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
  direction: Direction,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: direction,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => simplify(jsonSchema, direction),
  });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, schema]) => [id, withoutAddress(schema)]));
}

/** Returns the JSON Schema of a schema without a name. */
export function ownSchema(schema: z.ZodType, direction: Direction): JsonSchema {
  return withoutAddress(
    z.toJSONSchema(schema, { io: direction, override: ({ jsonSchema }) => simplify(jsonSchema, direction) }),
  );
}

/** Removes address and dialect, which the document states for all schemas. */
function withoutAddress({ $schema: _dialect, $id: _address, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Formats that tell a reader more than the pattern that checks them. */
const NAMED_FORMATS = new Set(["date-time", "uri", "uuid"]);

function simplify(schema: JsonSchema, direction: Direction): void {
  if (NAMED_FORMATS.has(String(schema["format"]))) delete schema["pattern"];
  const isMap = typeof schema["additionalProperties"] === "object" && schema["properties"] === undefined;
  // Responses can get new fields at any time, which JSON Schema allows by default.
  if (direction === "output" && !isMap) delete schema["additionalProperties"];
}
