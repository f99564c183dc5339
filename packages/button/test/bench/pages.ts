import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** The measured buttons: this project's, the lower bound, and a simple one written with Lit. */
export const CONTESTANTS = ["plain HTML", "60-line Lit", "qonto-pay-button"] as const;
export type Contestant = (typeof CONTESTANTS)[number];

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PLAIN = readFileSync(pathOf("peers/plain.html"), "utf8");

const ELEMENTS: Readonly<Record<Exclude<Contestant, "plain HTML">, { tag: string; script: string }>> = {
  "60-line Lit": { tag: "lit-pay-button", script: "/lit-button.js" },
  "qonto-pay-button": { tag: "qonto-pay-button", script: "/qonto-pay-button.js" },
};

/**
 * Returns the page of one contestant. Each button is in a block of its own, as in a list of products: the same number of
 * them is visible, however wide they are. The plain page has one button.
 *
 * @param worker the origin of the scripts and of the API.
 */
export function pageOf(contestant: Contestant, count: number, worker: string): string {
  if (contestant === "plain HTML") return PLAIN.replace("WORKER", worker);
  const { tag, script } = ELEMENTS[contestant];
  const button = `<div><${tag} publishable-key="pk_sandbox_demo" product="mug"></${tag}></div>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${tag}</title>
<script type="module" src="${worker}${script}"></script></head><body><main>${button.repeat(count)}</main></body></html>`;
}

/** Builds the scripts of the contestants in the same way. Returns them by path. */
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
  if (built === undefined || !("output" in built)) throw new TypeError("Vite returned no output.");
  return new Map([
    ["/lit-button.js", built.output[0].code],
    ["/qonto-pay-button.js", readFileSync(pathOf("../../dist/script/qonto-pay-button.js"), "utf8")],
  ]);
}
