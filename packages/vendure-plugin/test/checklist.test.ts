import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** `docs/plugins.md` names a test for each point of its checklist. */

const DOCUMENT = readFileSync(new URL("../../../docs/plugins.md", import.meta.url), "utf8");

const points = [...DOCUMENT.matchAll(/^\| (\d+) +\|[^|]+\|([^|]+)\|([^|]+)\|$/gm)].map(([, number, files, names]) => ({
  number,
  tests: [...(files ?? "").matchAll(/`([\w.-]+)`/g)]
    .map(([, file]) => readFileSync(new URL(file ?? "", import.meta.url), "utf8"))
    .join(),
  names: (names ?? "").split(";").map((name) => name.trim()),
}));

describe("the checklist for plugins", () => {
  it("has about fifteen points", () => expect(points.length).toBeGreaterThanOrEqual(15));

  it.each(points)("point $number names tests that are there", ({ tests, names }) => {
    expect(names.filter((name) => !tests.includes(`it("${name}"`))).toEqual([]);
  });
});
