import { type RequestSchema, resolved, shapeFor } from "./document-schema.ts";

/** A body with one thing wrong in it, and the path of that thing as an error names it. */
export interface BadBody {
  readonly what: string;
  readonly param: string;
  readonly body: unknown;
}

/** Every way to spoil one field of a good body: another type, too much, too little, missing, unknown. */
export function badBodies(schema: RequestSchema, good: unknown): readonly BadBody[] {
  return spoiled(schema, good, "", (value) => value);
}

function spoiled(
  schema: RequestSchema,
  value: unknown,
  path: string,
  within: (value: unknown) => unknown,
): readonly BadBody[] {
  const shape = shapeFor(schema, value);
  const here = (what: string, bad: unknown): BadBody => ({ what, param: path, body: within(bad) });
  const own = path === "" ? [] : badValues(resolved(schema), shape).map(([what, bad]) => here(what, bad));
  if (Array.isArray(value)) {
    const inner = spoiled(shape.items ?? {}, value[0], `${path}[0]`, (bad) => within([bad, ...value.slice(1)]));
    return value.length === 0 ? own : [...own, ...inner];
  }
  if (shape.type !== "object" || shape.properties === undefined) return own;
  return [...own, ...spoiledFields(shape, value as Record<string, unknown>, path, within)];
}

function spoiledFields(
  { properties = {}, required = [] }: RequestSchema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  within: (value: unknown) => unknown,
): readonly BadBody[] {
  const pathTo = (name: string) => (path === "" ? name : `${path}.${name}`);
  const missing = required.map((name) => {
    const { [name]: _left, ...rest } = value;
    return { what: "missing", param: pathTo(name), body: within(rest) };
  });
  const unknown = { what: "unknown", param: pathTo("surprise"), body: within({ ...value, surprise: 1 }) };
  const inner = Object.entries(properties)
    // A field of another form of the same request would spoil more than itself.
    .filter(([name]) => name in value || resolved(properties[name] ?? {}).type !== "object")
    .flatMap(([name, schema]) =>
      spoiled(schema, value[name], pathTo(name), (bad) => within({ ...value, [name]: bad })),
    );
  return [unknown, ...missing, ...inner];
}

function badValues(whole: RequestSchema, shape: RequestSchema): readonly (readonly [string, unknown])[] {
  const isNested = shape.type === "object" || shape.type === "array";
  const bad: [string, unknown][] = [["another type", isNested ? 7 : {}]];
  if (whole.anyOf === undefined) bad.push(["null", null]);
  const { pattern, maxLength, format } = shape;
  if (shape.type === "string" && (shape.enum ?? shape.const ?? pattern ?? maxLength ?? format) !== undefined) {
    bad.push(["a long text", `\u0000${"x".repeat(maxLength ?? 2_000)}`]);
  }
  if (shape.minLength !== undefined) bad.push(["an empty text", ""]);
  if (shape.minItems !== undefined) bad.push(["an empty list", []]);
  if (shape.minimum !== undefined) bad.push(["too little", shape.minimum - 1]);
  if (shape.exclusiveMinimum !== undefined) bad.push(["too little", shape.exclusiveMinimum]);
  if (shape.type === "integer") bad.push(["a fraction", (shape.minimum ?? 0) + 0.5]);
  if (shape.maximum !== undefined) bad.push(["too much", shape.maximum + 1]);
  return bad;
}
