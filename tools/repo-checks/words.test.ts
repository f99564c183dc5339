import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REPOSITORY } from "./code-in-document.ts";
import { folderOf, foldersOverLimit, lowerLimits } from "./words/limits.ts";
import { findLongCells } from "./words/long-cells.ts";
import { findLongTitles } from "./words/long-titles.ts";
import { findMarkerWords } from "./words/marker-words.ts";
import { findVagueWords } from "./words/vague-words.ts";

describe("marker words", () => {
  it.each([
    "The shop is told of it.",
    "/**\n * The shop is\n * told later.\n */",
    "// It starts once\n// more.",
    "const whoever = 1;",
    "Calls by secret key",
    "Nobody reads it.",
    "It is refused.",
    "It is mended.",
    "The key is not taken any more.",
  ])("are found in %j", (text) => {
    expect(findMarkerWords(text)).toHaveLength(1);
  });

  it.each(["The shop receives it.", "We recommend it.", "const isTold = 1;", "told_of", "He told us.", "amended"])(
    "are not found in %j",
    (text) => {
      expect(findMarkerWords(text)).toEqual([]);
    },
  );

  it("have a line and a replacement", () => {
    expect(findMarkerWords("One.\nWritten anew.")).toEqual([
      { line: 2, problem: '"anew": write again, or the verb with re-' },
    ]);
  });
});

/** 74 characters. */
const long = "word ".repeat(15).trim();

describe("titles", () => {
  it("of documents have at most 72 characters", () => {
    expect(findLongTitles("docs/a.md", `# ${long.slice(2)}\n\n${long}\n\n\`\`\`\n# ${long}\n\`\`\`\n`)).toEqual([]);
    expect(findLongTitles("docs/a.md", `# A\n\n## ${long}\n`)).toMatchObject([{ line: 3 }]);
  });

  it("count the text of a link, not its address", () => {
    expect(findLongTitles("docs/a.md", `# [A](https://example.com/${long})\n`)).toEqual([]);
  });

  it("of changesets have at most 72 characters, the text below may have more", () => {
    expect(findLongTitles(".changeset/a.md", `---\n"a": minor\n---\n\nTitle\n\n${long}\n`)).toEqual([]);
    expect(findLongTitles(".changeset/a.md", `---\n"a": minor\n---\n\n${long}\n`)).toMatchObject([{ line: 5 }]);
  });
});

describe("table cells", () => {
  it("have at most 200 characters, and code has any number", () => {
    const [short, longer] = ["x".repeat(200), "x".repeat(201)];
    expect(findLongCells(`| a | b |\n| --- | --- |\n| ${short} | \`a\\|b\` |\n\n${longer}\n`)).toEqual([]);
    expect(findLongCells(`\`\`\`\n| ${longer} |\n\`\`\`\n`)).toEqual([]);
    expect(findLongCells(`| a |\n| --- |\n| ${longer} |\n`)).toEqual([
      { line: 3, problem: "a table cell of 201 characters: write at most 200, or a section" },
    ]);
  });
});

describe("vague words", () => {
  const words = (count: number) => "word ".repeat(count);

  it("are at most 0.3 in 100 words of a document, and one in a short document", () => {
    expect(findVagueWords("Nobody knows.\n")).toEqual([]);
    expect(findVagueWords(`# Title\n\nWho asks?\n${words(700)}\nWhat is it?\n`)).toEqual([]);
    expect(findVagueWords(`# Title\n\nWho asks?\n${words(600)}\nWhat is it?\n`)).toMatchObject([
      { line: 3, problem: expect.stringContaining('"who"') as string },
      { line: 5, problem: expect.stringContaining('"what"') as string },
    ]);
  });

  it("are not found in code", () => {
    expect(findVagueWords("`who` and `what`\n\n```sh\nwho\nwhat\n```\n")).toEqual([]);
  });
});

describe("limits", () => {
  it("belong to a package, a part of the documents, or a folder of the root", () => {
    expect(["apps/worker/src/a.ts", "docs/guides/a.md", ".ci/run", "README.md"].map(folderOf)).toEqual([
      "apps/worker",
      "docs/guides",
      ".ci",
      ".",
    ]);
  });

  it("reject one finding more, and any in a folder without a limit", () => {
    expect(foldersOverLimit({ a: 2, b: 3, c: 1 }, { a: 2, b: 2 })).toEqual(["b", "c"]);
  });

  it("only fall", () => {
    expect(lowerLimits({ a: 1, b: 3, d: 1 }, { a: 2, b: 2, c: 2 })).toEqual({ a: 1, b: 2 });
  });
});

describe("the check of a repository", () => {
  let repository: string;
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), "qonto-pay-words-"));
    execFileSync("git", ["init", "--quiet"], { cwd: repository });
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }

  function check(): { readonly code: number | null; readonly output: string } {
    const program = join(REPOSITORY, "tools/repo-checks/words/main.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, repository], { encoding: "utf8" });
    return { code: status, output: stdout + stderr };
  }

  it("passes for plain words", () => {
    write("docs/a.md", "# Webhooks\n\nThe shop receives an event.\n");
    expect(check()).toEqual({ code: 0, output: "" });
  });

  it("fails for a marker word, a long heading, a long title of a changeset, vague words, a long cell, and a misspelt word", () => {
    write("src/a.ts", "// The shop is told. It recieves an event.\n");
    write("docs/a.md", `# ${long}\n\nThe shop recieves an event.\n`);
    write("docs/b.md", `# B\n\nWho asks what?\n\n| a |\n| --- |\n| ${"long ".repeat(50)}|\n`);
    write(".changeset/a.md", `---\n---\n\n${long}\n`);
    const { code, output } = check();
    expect(output).toContain('src/a.ts:1 "is told"');
    expect(output).toContain("docs/a.md:1 a title of 74 characters");
    expect(output).toContain(".changeset/a.md:4 a title of 74 characters");
    expect(output).toContain('docs/b.md:3 "what"');
    expect(output).toContain("docs/b.md:7 a table cell of 249 characters");
    expect(output).toContain("docs/a.md:3:10 - Unknown word (recieves)");
    expect(output).toContain("src/a.ts:1:25 - Unknown word (recieves)");
    expect(code).toBe(1);
  });
});
