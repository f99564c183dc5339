import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SCHEMA_BY_NAME, violationsOf } from "./contract.ts";
import { ALL_FIXTURES, fixture, type SignatureFixture } from "./fixtures.ts";
import { OPERATIONS } from "./operations.ts";
import { withOneFieldMore } from "./with-one-field-more.ts";

describe("the schemas", () => {
  it.each([...SCHEMA_BY_NAME])("%s compiles and names its source", (name, schema) => {
    expect(() => violationsOf(name, null)).not.toThrow();
    expect(schema.$comment).toMatch(/^Source: \S/);
  });

  it("cover every part of every operation, and nothing else", () => {
    const used = OPERATIONS.flatMap(({ query, request, answer }) =>
      [query, request, answer].filter((name) => name !== undefined),
    );
    const ofOperations = [...SCHEMA_BY_NAME.keys()].filter((name) => /\.(query|request|answer)$/.test(name));
    expect(new Set(ofOperations)).toEqual(new Set([...used, "authorize.query"]));
  });

  it.each([...SCHEMA_BY_NAME.keys()].filter((name) => /\.(query|request)$/.test(name)))(
    "%s is closed: an example with an extra field at any depth is rejected",
    (name) => {
      const examples = ALL_FIXTURES.filter(({ schema }) => schema === name);
      const widened = examples.flatMap(({ value }) => withOneFieldMore(value));
      expect(widened.length).toBeGreaterThan(0);
      expect(widened.filter((value) => violationsOf(name, value).length === 0)).toEqual([]);
    },
  );
});

describe("the fixtures", () => {
  it.each(ALL_FIXTURES)("$schema: $name matches its schema and names its source", ({ schema, value, source }) => {
    expect(violationsOf(schema, value)).toEqual([]);
    expect(source).toMatch(/\S/);
  });

  it("contain an example for every schema of a request, a query, an answer and an event", () => {
    const shown = new Set(ALL_FIXTURES.map(({ schema }) => schema));
    const wanted = [...SCHEMA_BY_NAME.keys()].filter((name) => name.includes("."));
    expect(wanted.filter((name) => !shown.has(name))).toEqual([]);
  });

  it("contain the documented vector of a signature", () => {
    const { value, secret, body } = fixture("a signature") as SignatureFixture;
    const [, seconds] = /^t=(\d+),/.exec(value) ?? [];
    expect(value).toBe(`t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`);
  });
});
