import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { REPOSITORY } from "./code-in-document.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly private?: boolean;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly type: string; readonly url: string; readonly directory: string };
  readonly license: string;
  readonly author: string;
  readonly publishConfig?: { readonly access: string };
}

const read = (path: string) => readFileSync(`${REPOSITORY}${path}`, "utf8");
const readManifest = (folder: string) => JSON.parse(read(`${folder}/package.json`)) as Manifest;

const tracked = execFileSync("git", ["ls-files", "*/package.json"], { cwd: REPOSITORY, encoding: "utf8" });
const folders = tracked.trim().split("\n").map(dirname);
const published = folders.filter((folder) => readManifest(folder).private !== true);
/** The packages with a version: those on npm, and the Worker, which is deployed from a clone. */
const released = [...published, "apps/worker"];
/** `https://github.com/OWNER/NAME`, from the repository's own manifest. */
const URL = readManifest(".").homepage.replace(/#readme$/, "");

it("these packages are published", () => {
  expect(published).toEqual(["apps/sandbox", "packages/button", "packages/client", "packages/vendure-plugin"]);
  expect(published.map((folder) => readManifest(folder).publishConfig?.access)).toEqual(published.map(() => "public"));
});

const versions = new Map(published.map(readManifest).map(({ name, version }) => [name, version]));
const ownDependencies = published.flatMap((folder) =>
  Object.entries(readManifest(folder).dependencies ?? {})
    .filter(([name]) => versions.has(name))
    .map(([name, range]) => ({ folder, name, range })),
);

it("a published package depends on another one of this repository", () => {
  expect(ownDependencies.map(({ folder, name }) => `${folder} ${name}`)).toEqual([
    "packages/vendure-plugin @qonto-pay/client",
  ]);
});

// pnpm links the package of this repository only if the range includes its version, and downloads another one otherwise.
it.each(ownDependencies)("$folder depends on the version of $name in this repository", ({ name, range }) => {
  expect(range).toBe(`^${versions.get(name)}`);
});

it.each(released)("%s states its purpose, its repository, and its license", (folder) => {
  const { description, keywords, license, author, homepage, bugs, repository } = readManifest(folder);
  expect(description).toMatch(/\w/);
  expect(keywords).toEqual(expect.arrayContaining(["qonto", "payment"]));
  expect({ license, author, homepage, bugs, repository }).toEqual({
    license: "Apache-2.0",
    author: "The qonto-pay authors",
    homepage: `${URL}/tree/main/${folder}#readme`,
    bugs: `${URL}/issues`,
    repository: { type: "git", url: `git+${URL}.git`, directory: folder },
  });
});

it.each(released)("%s has a README and the repository's license", (folder) => {
  expect(read(`${folder}/README.md`)).toMatch(/^# .*\S\n/);
  expect(read(`${folder}/LICENSE`)).toBe(read("LICENSE"));
});
