import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testsIn } from "./setup/tests-in.ts";

/** `docs/guides/shop-plugin-checklist.md` names tests for each point. */

const DOCUMENT = readFileSync(new URL("../../../docs/guides/shop-plugin-checklist.md", import.meta.url), "utf8");

const points = [...DOCUMENT.matchAll(/^\| (\d+) +\|[^|]+\|([^|]+)\|([^|]+)\|$/gm)].map(([, number, files, names]) => ({
  number,
  tests: [...(files ?? "").matchAll(/`([\w.-]+)`/g)].flatMap(([, file]) =>
    testsIn(readFileSync(new URL(file ?? "", import.meta.url), "utf8")),
  ),
  names: (names ?? "").split(";").map((name) => name.trim()),
}));

describe("the checklist for shop plugins", () => {
  it("has about twenty points", () => expect(points.length).toBeGreaterThanOrEqual(20));

  it.each(points)("point $number names tests that run", ({ tests, names }) => {
    expect(names.filter((name) => !tests.includes(name))).toEqual([]);
  });
});

describe("the list of tests in a file", () => {
  it("contains tests that are called, not those that are skipped or in a comment", () => {
    const source = `
      it("one", () => {});
      // it("in a line", () => {});
      /* it("in a block", () => {}); */
      const text = 'it("in a text")';
      describe("group", () => { it("two", () => {}); it.skip("skipped", () => {}); it.todo("to do"); });
      describe.skip("no group", () => { it("in what is skipped", () => {}); });
      describe.skipIf(true)("no group", () => { it("in what may be skipped", () => {}); });
      it.concurrent("three", () => {});
    `;
    expect(testsIn(source)).toEqual(["one", "two", "three"]);
  });
});
