import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "./code-in-document.ts";

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const read = (path: string) => readFileSync(`${REPOSITORY}${path}`, "utf8");
const { scripts, packageManager, homepage } = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
  packageManager: string;
  homepage: string;
};

const COMMANDS = ["install"];

describe.each(readdirSync(`${REPOSITORY}.github/workflows`))("the workflow %s", (name) => {
  const text = read(`.github/workflows/${name}`);
  const workflow = parse(text, { uniqueKeys: true }) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it("runs scripts and files that exist", () => {
    const commands = steps
      .flatMap((step) => [step.run, step.with?.["script"]])
      .filter((one) => typeof one === "string");
    expect(commands.length).toBeGreaterThan(0);
    const named = commands.flatMap((command) =>
      [...command.matchAll(/\bpnpm(?:@[\d.]+)?(?: --dir \S+)? ([a-z][\w:-]*)/g)].map((match) => match[1] ?? ""),
    );
    expect(named.filter((script) => !(script in scripts) && !COMMANDS.includes(script))).toEqual([]);
    const files = commands.flatMap((command) => command.match(/\.ci\/\S+/g) ?? []);
    expect(files.filter((path) => !existsSync(`${REPOSITORY}${path}`))).toEqual([]);
  });

  it("pins each action to a commit, and names its version", () => {
    const lines = [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1] ?? "");
    expect(lines).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
    expect(lines.filter((line) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("grants only the permissions that a job requests", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
  });
});

it.each([".github/ISSUE_TEMPLATE/bug.yml", ".github/ISSUE_TEMPLATE/feature.yml"])("%s is a form", (path) => {
  const form = parse(read(path)) as { name: string; description: string; body: { type: string; id?: string }[] };
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
  const ids = form.body.filter(({ type }) => type !== "markdown").map(({ id }) => id);
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(ids.length);
});

it("security reports go to the address of the repository", () => {
  const { contact_links } = parse(read(".github/ISSUE_TEMPLATE/config.yml")) as { contact_links: { url: string }[] };
  expect(contact_links.map(({ url }) => url)).toEqual([homepage.replace("#readme", "/security/advisories/new")]);
});

it("each path of CODEOWNERS exists", () => {
  const lines = read(".github/CODEOWNERS").match(/^[^#\s].*$/gm) ?? [];
  const paths = lines.map((line) => line.split(/\s+/)[0] ?? "").filter((path) => path !== "*");
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !path.startsWith("/") || !existsSync(`${REPOSITORY}${path.slice(1)}`))).toEqual([]);
});

it.each(["renovate.json", ".devcontainer/devcontainer.json"])("%s is JSON", (path) => {
  expect(JSON.parse(read(path))).toBeTypeOf("object");
});

it("CI, the container and the documents run the pnpm of package.json", () => {
  const files = readdirSync(`${REPOSITORY}.ci`).map((name) => `.ci/${name}`);
  const workflows = readdirSync(`${REPOSITORY}.github/workflows`).map((name) => `.github/workflows/${name}`);
  const texts = [...files, ...workflows, ".devcontainer/devcontainer.json", "README.md", "CONTRIBUTING.md"].map(read);
  const versions = texts.flatMap((text) => text.match(/\bpnpm@[\w.-]+/g) ?? []);
  expect(versions.length).toBeGreaterThan(5);
  expect(new Set(versions)).toEqual(new Set([packageManager]));
});
