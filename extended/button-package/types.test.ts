import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, inject, it } from "vitest";

const run = promisify(execFile);
const shop = inject("shop");
const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** The strictest compiler options that a shop may use. */
const OPTIONS = {
  target: "ES2023",
  module: "ESNext",
  moduleResolution: "Bundler",
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  jsx: "react-jsx",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  types: [],
};

beforeAll(async () => {
  for (const framework of ["react", "vue", "svelte"]) {
    const options = { compilerOptions: OPTIONS, include: [`${framework}/**/*`], vueCompilerOptions: VUE };
    await writeFile(join(shop, `tsconfig.${framework}.json`), JSON.stringify(options));
  }
});

/** With this option, an unknown attribute of an element is an error. */
const VUE = { strictTemplates: true };

/** Runs a checker and returns its output, also if it reports errors. */
async function check(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], { cwd: shop }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

function programOf(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}

/** Returns the lines of a file that are marked with `wrong:`. */
async function wrongLines(file: string): Promise<readonly number[]> {
  const lines = (await readFile(join(shop, file), "utf8")).split("\n");
  const wrong = lines.flatMap((line, index) => (line.includes("wrong:") ? [index + 1] : []));
  expect(wrong.length).toBeGreaterThan(3);
  return wrong;
}

/** Returns the lines with errors. @throws Error if the checker reports an error in another file. */
function blamedLines(output: string, pattern: RegExp, file: string): readonly number[] {
  const blamed = [...output.matchAll(pattern)].map(([text, path = "", line = ""]) => {
    if (path !== file) throw new Error(`${text}\n${output}`);
    return Number(line);
  });
  return [...new Set(blamed)];
}

const TSC_ERROR = /^(\S+)\((\d+),\d+\): error .*$/gm;

it("React: only the lines marked as wrong have type errors", async () => {
  const output = await check(TSC, "-p", "tsconfig.react.json", "--pretty", "false");
  expect(blamedLines(output, TSC_ERROR, "react/page.tsx"), output).toEqual(await wrongLines("react/page.tsx"));
});

it("Vue: only the lines marked as wrong have type errors", async () => {
  const output = await check(programOf("vue-tsc", "bin/vue-tsc.js"), "-p", "tsconfig.vue.json", "--pretty", "false");
  expect(blamedLines(output, TSC_ERROR, "vue/page.vue"), output).toEqual(await wrongLines("vue/page.vue"));
});

it("Svelte: only the lines marked as wrong have type errors", async () => {
  const args = ["--tsconfig", "tsconfig.svelte.json", "--output", "machine", "--workspace", shop];
  const output = await check(programOf("svelte-check", "bin/svelte-check"), ...args);
  const error = /^\d+ ERROR "([^"]+)" (\d+):.*$/gm;
  expect(blamedLines(output, error, "svelte/page.svelte"), output).toEqual(await wrongLines("svelte/page.svelte"));
});
