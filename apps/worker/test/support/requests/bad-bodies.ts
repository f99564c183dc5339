import { type RequestSchema, resolved, shapeFor } from "./document-schema.ts";

/** A body with one invalid field, and the field's path as an error names it. */
export interface BadBody {
  readonly what: string;
  readonly param: string;
  readonly body: unknown;
  /** For a variant with a missing field: the object without that field. */
  readonly without?: unknown;
}

/** Returns every invalid variant of one field of a valid body: wrong type, too large, too small, missing, unknown. */
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
  if (Array.isArray(value)) return [...own, ...spoiledElements(shape, value, path, within)];
  if (shape.type !== "object") return own;
  if (shape.properties === undefined) return [...own, ...spoiledEntries(shape, value ?? {}, path, within)];
  const spoilFields = value === undefined ? withoutFields : spoiledFields;
  const spoiltFields = spoilFields(shape, (value ?? {}) as Record<string, unknown>, path, within);
  return [...own, ...spoiltFields.filter(({ what, without }) => what !== "missing" || !isEitherOr(schema, without))];
}

/** Whether different additional fields would make the value valid in one shape each: an error may name any of them. */
function isEitherOr(schema: RequestSchema, value: unknown): boolean {
  const fields = Object.keys(value as Record<string, unknown>);
  const shapes = (resolved(schema).anyOf ?? []).map(resolved);
  const near = shapes.filter(({ properties = {}, required = [] }) => {
    const missing = required.filter((name) => !fields.includes(name));
    return missing.length === 1 && fields.every((name) => name in properties);
  });
  return near.length > 1;
}

/** Returns the variants of every element, and of one more element. */
function spoiledElements(
  { items = {}, maxItems }: RequestSchema,
  value: readonly unknown[],
  path: string,
  within: (value: unknown) => unknown,
): readonly BadBody[] {
  if (value.length === 0) return [];
  const inner = [...value, value[0]].flatMap((element, index) =>
    spoiled(items, element, `${path}[${index}]`, (bad) => within(value.toSpliced(index, 1, bad))),
  );
  if (maxItems === undefined) return inner;
  const tooMany = Array.from({ length: maxItems + 1 }, () => value[0]);
  return [...inner, { what: "too many", param: path, body: within(tooMany) }];
}

/** Returns variants of a record: an entry with an invalid key, and one with an invalid value. */
function spoiledEntries(
  { additionalProperties: entry, propertyNames: key = {} }: RequestSchema,
  value: unknown,
  path: string,
  within: (value: unknown) => unknown,
): readonly BadBody[] {
  if (typeof entry !== "object") return [];
  const put = (name: string, bad: unknown) => within({ ...(value as Record<string, unknown>), [name]: bad });
  // Without a schema, every value is valid.
  const values =
    Object.keys(entry).length === 0 ? [] : spoiled(entry, "good", `${path}.surprise`, (bad) => put("surprise", bad));
  const names = [
    ...(key.minLength === undefined ? [] : ["x".repeat(key.minLength - 1)]),
    ...(key.maxLength === undefined ? [] : ["x".repeat(key.maxLength + 1)]),
  ];
  return [...values, ...names.map((name) => ({ what: "a key", param: `${path}.${name}`, body: put(name, "good") }))];
}

/** Returns the variant of an empty object, whose error names the first required field. */
function withoutFields(
  { properties = {}, required = [] }: RequestSchema,
  _value: unknown,
  path: string,
  within: (value: unknown) => unknown,
): readonly BadBody[] {
  const first = Object.keys(properties).find((name) => required.includes(name));
  return first === undefined ? [] : [{ what: "nothing in it", param: `${path}.${first}`, body: within({}) }];
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
    return { what: "missing", param: pathTo(name), body: within(rest), without: rest };
  });
  const unknown = { what: "unknown", param: pathTo("surprise"), body: within({ ...value, surprise: 1 }) };
  const inner = Object.entries(properties).flatMap(([name, schema]) =>
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
    bad.push(["a long text", `\u0000${"x".repeat((maxLength ?? 2_000) + 1)}`]);
  }
  if (shape.minLength !== undefined) bad.push(["an empty text", ""]);
  if (shape.minItems !== undefined) bad.push(["an empty list", []]);
  if (shape.minimum !== undefined) bad.push(["too little", shape.minimum - 1]);
  if (shape.exclusiveMinimum !== undefined) bad.push(["too little", shape.exclusiveMinimum]);
  if (shape.type === "integer") bad.push(["a fraction", (shape.minimum ?? 0) + 0.5]);
  if (shape.maximum !== undefined) bad.push(["too much", shape.maximum + 1]);
  return bad;
}
