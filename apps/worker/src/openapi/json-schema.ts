import * as z from "zod";

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Record<string, unknown>;

/** How a schema is meant: as what may be sent, or as what comes out. */
type Direction = "input" | "output";

/** Schemas by name; where one holds another that has a name, it refers to it. */
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

/** A schema that has no name, on its own. */
export function ownSchema(schema: z.ZodType, direction: Direction): JsonSchema {
  return withoutAddress(
    z.toJSONSchema(schema, { io: direction, override: ({ jsonSchema }) => simplify(jsonSchema, direction) }),
  );
}

/** In a document of many schemas, none says for itself where it is and what it is written in. */
function withoutAddress({ $schema: _dialect, $id: _address, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Formats that say more to a reader than the pattern that checks them. */
const NAMED_FORMATS = new Set(["date-time", "uri", "uuid"]);

function simplify(schema: JsonSchema, direction: Direction): void {
  if (NAMED_FORMATS.has(String(schema["format"]))) delete schema["pattern"];
  const isMap = typeof schema["additionalProperties"] === "object" && schema["properties"] === undefined;
  // Answers may get further fields at any time, which is what JSON Schema takes for granted.
  if (direction === "output" && !isMap) delete schema["additionalProperties"];
}
