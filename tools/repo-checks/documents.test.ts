import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Lists tracked files and new ones that are not ignored. */
function listFiles(pattern: string): readonly string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--", pattern];
  const listed = execFileSync("git", args, { cwd: REPOSITORY, encoding: "utf8" });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(REPOSITORY, path)));
}

const documents = listFiles("*.md").filter((path) => !path.startsWith(".changeset/") && !path.endsWith("CHANGELOG.md"));

/** Returns paths in backticks that begin with a folder of the repository. */
function pathsIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
  return quoted.filter((word) =>
    /^(packages|apps|tools|docs|examples|extended|\.ci|\.changeset|\.github)\/[\w./-]*$/.test(word),
  );
}

function linksIn(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return targets.filter((target) => !/^([a-z]+:|#)/.test(target)).map((target) => target.split("#")[0] ?? "");
}

/** Returns the names by which GitHub links to the headings of a document. Equal headings are numbered. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? "");
  const names = headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1")
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before}`;
  });
}

/** Returns links to files of tests, as the path of the file and the text of the link: the name of a test. */
function testLinksIn(document: string, text: string): readonly (readonly [path: string, name: string])[] {
  const links = [...text.matchAll(/\[([^\]]+)\]\(([^)\s]+\.test\.ts)\)/g)];
  return links.map(([, name = "", path = ""]) => [join(dirname(document), path), name]);
}

/** Mentions of documents in code and texts of any kind, as the path and the name of a heading, if there is one. */
function mentionsIn(text: string): readonly (readonly [path: string, anchor: string])[] {
  const found = text.matchAll(/(?<![\w/.-])(docs\/[\w/-]+\.md)(?:#([\w-]+))?/g);
  return [...found].map(([, path = "", anchor = ""]) => [path, anchor]);
}

/** Returns links to headings, as the path of a document and the name of a heading. */
function anchorLinksIn(document: string, text: string): readonly (readonly [path: string, anchor: string])[] {
  const targets = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/\]\(([^)\s:]*\.md|)#([^)\s]+)\)/g)];
  return targets.map(([, path = "", anchor = ""]) => [path === "" ? document : join(dirname(document), path), anchor]);
}

/** Returns the names in `pnpm NAME` and `npx pnpm@x NAME` in code. */
function scriptsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|[`\s])pnpm(?:@[\d.]+)? (?:run )?([a-z][\w:-]*)/g)].map((match) => match[1] ?? "");
}

const PNPM_COMMANDS = new Set(["install", "exec", "run", "add", "pack"]);
const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

describe.each(documents)("%s", (document) => {
  const text = readFileSync(join(REPOSITORY, document), "utf8");

  it("names only paths that exist", () => {
    const missing = pathsIn(text).filter((path) => !existsSync(join(REPOSITORY, path)));
    const deadLinks = linksIn(text).filter((target) => !existsSync(join(REPOSITORY, dirname(document), target)));
    expect([...missing, ...deadLinks]).toEqual([]);
  });

  it("links only to headings that exist", () => {
    const links = anchorLinksIn(document, text).filter(([path]) => existsSync(join(REPOSITORY, path)));
    const dead = links.filter(
      ([path, anchor]) => !anchorsOf(readFileSync(join(REPOSITORY, path), "utf8")).includes(anchor),
    );
    expect(dead).toEqual([]);
  });

  it("links only to tests that exist", () => {
    const missing = testLinksIn(document, text).filter(
      ([path, name]) => !readFileSync(join(REPOSITORY, path), "utf8").includes(`"${name}"`),
    );
    expect(missing).toEqual([]);
  });

  it("names only commands that exist", () => {
    const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map((match) => match[0]).join("\n");
    expect(scriptsIn(code).filter((name) => !(name in scripts) && !PNPM_COMMANDS.has(name))).toEqual([]);
  });
});

/** Code and data with texts, except documents by others and the made-up documents of tests. */
const code = listFiles("*").filter(
  (path) => /\.(?:[cm]?[jt]sx?|jsonc?|ya?ml|vue|svelte|html|php)$/.test(path) && !path.includes("words.test.ts"),
);

it("code names only documents and headings that exist", () => {
  const dead = code.flatMap((file) =>
    mentionsIn(readFileSync(join(REPOSITORY, file), "utf8"))
      .filter(([path, anchor]) => {
        if (!existsSync(join(REPOSITORY, path))) return true;
        return anchor !== "" && !anchorsOf(readFileSync(join(REPOSITORY, path), "utf8")).includes(anchor);
      })
      .map((mention) => [file, ...mention]),
  );
  expect(dead).toEqual([]);
});

it("docs/architecture/overview.md lists every room of the Worker, and no other", () => {
  const text = readFileSync(join(REPOSITORY, "docs/architecture/overview.md"), "utf8");
  const listed = [...text.matchAll(/^\| `([\w-]+)\/` \| \S.*\|$/gm)].map((match) => match[1] ?? "");
  const folders = listFiles("apps/worker/src/*/*").map((path) => path.split("/")[3] ?? "");
  const rooms = [...new Set(folders)];
  expect(rooms.length).toBeGreaterThan(15);
  expect(listed.toSorted()).toEqual(rooms.toSorted());
});

it("docs/decisions/README.md lists every decision", () => {
  const listed = linksIn(readFileSync(join(REPOSITORY, "docs/decisions/README.md"), "utf8"));
  const records = listFiles("docs/decisions/*.md").map((path) => path.replace("docs/decisions/", ""));
  expect(listed.toSorted()).toEqual(records.filter((name) => name !== "README.md").toSorted());
});

it("docs/architecture/storage.md names every table of the Worker", () => {
  const text = readFileSync(join(REPOSITORY, "docs/architecture/storage.md"), "utf8");
  const schema = readFileSync(join(REPOSITORY, "apps/worker/src/storage/migrate.ts"), "utf8");
  const tables = [...schema.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map((match) => match[1] ?? "");
  expect(tables.length).toBeGreaterThan(3);
  expect(tables.filter((table) => !text.includes(`\`${table}\``))).toEqual([]);
});

it("docs/reference/webhooks.md names every event that a shop receives, and no other", () => {
  const text = readFileSync(join(REPOSITORY, "docs/reference/webhooks.md"), "utf8");
  const source = readFileSync(join(REPOSITORY, "packages/core/src/api/event/event.ts"), "utf8");
  const types = [...source.matchAll(/^ {2}"([a-z]+\.[a-z_]+)",$/gm)].map((match) => match[1] ?? "");
  const rows = [...text.matchAll(/^\| `([a-z]+\.[a-z_]+)` +\|/gm)].map((match) => match[1] ?? "");
  expect(types.length).toBeGreaterThan(5);
  expect(rows.toSorted()).toEqual(types.toSorted());
});

it.each(listFiles(".changeset/*.md"))("%s names packages that exist, and the size of their change", (path) => {
  const [, head = ""] = /^---\n([\s\S]+?)\n---\n\n\S/.exec(readFileSync(join(REPOSITORY, path), "utf8")) ?? [];
  const names = listFiles("*/*/package.json").map(
    (manifest) => (JSON.parse(readFileSync(join(REPOSITORY, manifest), "utf8")) as { name: string }).name,
  );
  const lines = head.split("\n").map((line) => /^"(.+)": (major|minor|patch)$/.exec(line)?.[1] ?? line);
  expect(lines.filter((name) => !names.includes(name))).toEqual([]);
});
