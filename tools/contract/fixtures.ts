import { readdirSync, readFileSync } from "node:fs";

const FIXTURES = new URL("fixtures/", import.meta.url);

/** A documented example, or one put together from documented fields: `source` says which. */
export interface Fixture {
  readonly name: string;
  /** The schema that it is an example of. */
  readonly schema: string;
  readonly source: string;
  readonly value: unknown;
}

/** The documented vector of a webhook's signature: `value` is the header. */
export interface SignatureFixture extends Fixture {
  readonly value: string;
  readonly secret: string;
  readonly body: string;
}

/** All examples of the contract. */
export const ALL_FIXTURES: readonly Fixture[] = readdirSync(FIXTURES).flatMap(
  (file) => JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as Fixture[],
);

/** The example of that name. @throws Error when there is none. */
export function fixture(name: string): Fixture {
  const found = ALL_FIXTURES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no fixture "${name}"`);
  return found;
}

/** The value of an example that is an object, as all bodies are. @throws Error when it is not. */
export function bodyOf(name: string): object {
  const { value } = fixture(name);
  if (typeof value !== "object" || value === null) throw new Error(`The fixture "${name}" is no body`);
  return value;
}
