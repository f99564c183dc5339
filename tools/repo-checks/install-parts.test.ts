import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { REPOSITORY } from "./code-in-document.ts";

const { scripts } = JSON.parse(readFileSync(`${REPOSITORY}package.json`, "utf8")) as {
  scripts: Record<string, string>;
};
const prepare = readFileSync(`${REPOSITORY}tools/install/prepare.mjs`, "utf8");

/** Scripts that install one part of the packages, and then run a program in `tools`. */
const COMMANDS = Object.entries(scripts).flatMap(([name, text]) => {
  const [, part = "", folder = ""] =
    /^node tools\/install\/prepare\.mjs (\w+).* tools\/([\w-]+)\/\w+\.ts$/.exec(text) ?? [];
  return part === "" || part === "all" ? [] : [{ name, part, folder }];
});

it.each(COMMANDS)("$name installs the package of the program that it runs", ({ part, folder }) => {
  const [, filters = ""] = new RegExp(`^  ${part}: \\{\\s+filters: \\[([^\\]]*)\\]`, "m").exec(prepare) ?? [];
  expect(filters).toContain(`"@qonto-pay/${folder}..."`);
});
