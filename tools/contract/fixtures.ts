import { readdirSync, readFileSync } from "node:fs";

const FIXTURES = new URL("fixtures/", import.meta.url);

/** An example: documented, or composed of documented fields. `source` states which. */
export interface Fixture {
  readonly name: string;
  /** The schema of the example. */
  readonly schema: string;
  readonly source: string;
  readonly value: unknown;
}

/** The documented vector of a webhook's signature. `value` is the header. */
export interface SignatureFixture extends Fixture {
  readonly value: string;
  readonly secret: string;
  readonly body: string;
}

/** All examples of the contract. */
export const ALL_FIXTURES: readonly Fixture[] = readdirSync(FIXTURES).flatMap(
  (file) => JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as Fixture[],
);

/** Returns the example with a name. @throws Error if it does not exist. */
export function fixture(name: string): Fixture {
  const found = ALL_FIXTURES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`Unknown fixture "${name}"`);
  return found;
}

/** Returns an example's value, which must be an object. @throws Error if it is not. */
export function bodyOf(name: string): object {
  const { value } = fixture(name);
  if (typeof value !== "object" || value === null) throw new Error(`The fixture "${name}" is not an object`);
  return value;
}
