import { readdirSync, readFileSync } from "node:fs";
import { type ErrorObject, Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const SCHEMAS = new URL("schemas/", import.meta.url);

/** A JSON Schema of the contract. `$comment` names its source in Qonto's documentation. */
export interface ContractSchema {
  readonly $comment?: string;
}

/**
 * The documented contract as JSON Schemas, by file name without its ending: `{operation}.request`, `.query` and
 * `.answer`, `{event type}.event`, and their shared parts. Schemas of requests are closed, so undocumented fields are
 * violations. Schemas of answers are open, because Qonto may add fields. They were written from the documentation,
 * independently of core's schemas and of the sandbox's.
 */
export const SCHEMA_BY_NAME: ReadonlyMap<string, ContractSchema> = new Map(
  readdirSync(SCHEMAS).map((file) => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(new URL(file, SCHEMAS), "utf8")) as ContractSchema,
  ]),
);

const ajv = new Ajv2020({ allErrors: true, strictTypes: true, allowUnionTypes: true });
formats.default(ajv);
for (const [name, schema] of SCHEMA_BY_NAME) ajv.addSchema(schema, `${name}.json`);

/**
 * Returns a line for each place in which `value` violates the schema, without the values found there.
 *
 * @throws Error if no schema has that name.
 */
export function violationsOf(name: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${name}.json`);
  if (validate === undefined) throw new Error(`Unknown schema ${name}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(describeError);
}

function describeError({ instancePath, message = "is wrong", params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  const which = additionalProperty === undefined ? "" : `: ${additionalProperty}`;
  return `${instancePath === "" ? "/" : instancePath} ${message}${which}`;
}
