import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** What is measured: ours, the floor, and what somebody writes in an afternoon. */
export const CONTESTANTS = ["plain HTML", "60-line Lit", "qonto-pay-button"] as const;
export type Contestant = (typeof CONTESTANTS)[number];

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PLAIN = readFileSync(pathOf("peers/plain.html"), "utf8");

const ELEMENTS: Readonly<Record<Exclude<Contestant, "plain HTML">, { tag: string; script: string }>> = {
  "60-line Lit": { tag: "lit-pay-button", script: "/lit-button.js" },
  "qonto-pay-button": { tag: "qonto-pay-button", script: "/qonto-pay-button.js" },
};

/**
 * The page of one contestant; the plain one reads the number of its buttons from its address.
 *
 * @param worker origin of the scripts and of what they ask.
 */
export function pageOf(contestant: Contestant, count: number, worker: string): string {
  if (contestant === "plain HTML") return PLAIN.replace("WORKER", worker);
  const { tag, script } = ELEMENTS[contestant];
  const button = `<${tag} publishable-key="pk_sandbox_demo" product="mug"></${tag}>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${tag}</title>
<script type="module" src="${worker}${script}"></script></head><body><main>${button.repeat(count)}</main></body></html>`;
}

/** The scripts by their addresses, both built the same way. */
export async function buildScripts(): Promise<ReadonlyMap<string, string>> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: pathOf("peers/lit-button.js"), formats: ["es"] },
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [built] = Array.isArray(output) ? output : [output];
  if (built === undefined || !("output" in built)) throw new TypeError("vite gave no output");
  return new Map([
    ["/lit-button.js", built.output[0].code],
    ["/qonto-pay-button.js", readFileSync(pathOf("../../dist/script/qonto-pay-button.js"), "utf8")],
  ]);
}
