import { readdirSync, readFileSync } from "node:fs";
import { type ErrorObject, Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const SCHEMAS = new URL("schemas/", import.meta.url);

/** One JSON Schema of the contract. `$comment` says which part of Qonto's documentation it was written from. */
export interface ContractSchema {
  readonly $comment?: string;
}

/**
 * The documented contract as JSON Schemas, by file name without its ending: `{operation}.request`, `.query` and `.answer`,
 * `{event type}.event`, and the parts that they share. What is sent is closed: nothing undocumented may be in it. What is
 * answered is open: Qonto may add to it. A third reading of the documentation, beside core's schemas and the sandbox's.
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
 * Where `value` breaks the schema, one line for each place, without the values that were found there; none when it is as
 * documented.
 *
 * @throws Error when there is no schema of that name.
 */
export function violationsOf(name: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${name}.json`);
  if (validate === undefined) throw new Error(`There is no schema ${name}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(describeError);
}

function describeError({ instancePath, message = "is wrong", params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  const which = additionalProperty === undefined ? "" : `: ${additionalProperty}`;
  return `${instancePath === "" ? "/" : instancePath} ${message}${which}`;
}
