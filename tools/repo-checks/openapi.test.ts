import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";

/** The documents that the Worker serves: see `apps/worker/build-assets.ts`. */
const ASSETS = new URL("../../apps/worker/dist/assets/", import.meta.url);
const source = readFileSync(new URL("openapi.json", ASSETS), "utf8");

type Json = Record<string, unknown>;

/** The parts of the document that have examples. */
interface Media {
  readonly schema: Json;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}
interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string; readonly schema: Json; readonly example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
}

const document = JSON.parse(source) as Document;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "openapi");

/** Returns the errors of a value under a schema of the document. */
function problemsOf(schema: Json, value: unknown): unknown {
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/')) as Json;
  const validate = ajv.compile(local);
  return validate(value) ? [] : validate.errors;
}

function valuesOf({ example, examples = {} }: Media): readonly unknown[] {
  const named = Object.values(examples).map(({ value, $ref }) =>
    $ref === undefined ? value : document.components.examples[$ref.split("/").at(-1) ?? ""]?.value,
  );
  return example === undefined ? named : [example, ...named];
}

describe("the OpenAPI document", () => {
  it("has no warnings of a linter", async () => {
    const config = await createConfig({ extends: ["recommended-strict"] });
    const problems = await lintFromString({
      source,
      absoluteRef: fileURLToPath(new URL("openapi.json", ASSETS)),
      config,
    });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it.each(operations)("has examples of $operationId that its schemas allow", ({ parameters = [], ...operation }) => {
    const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}),
    );
    const exampleCount = media.flatMap(valuesOf).length;
    expect(exampleCount).toBeGreaterThan(0);
    for (const part of media) {
      for (const value of valuesOf(part)) expect(problemsOf(part.schema, value), JSON.stringify(value)).toEqual([]);
    }
    for (const { name, schema, example } of parameters) {
      if (example !== undefined) expect(problemsOf(schema, example), name).toEqual([]);
    }
  });

  it("rejects invalid examples: the check can fail", () => {
    const schema = { $ref: "#/components/schemas/CheckoutRequest" };
    expect(problemsOf(schema, { publishable_key: "pk_sandbox_demo", product: "mug" })).toEqual([]);
    expect(problemsOf(schema, { publishable_key: "pk_sandbox_demo", product: "mug", price: "0.01" })).not.toEqual([]);
    expect(problemsOf(schema, { product: "mug" })).not.toEqual([]);
  });
});

it("the Worker contains no documentation of a route: `WITH_DOCS &&` stands before all of it", () => {
  const worker = readFileSync(new URL("../worker/index.js", ASSETS), "utf8");
  expect(worker).toContain('path: "/v1/checkouts"');
  const shipped = operations.filter(({ description }) => worker.includes(JSON.stringify(description).slice(1, -1)));
  expect(shipped.map(({ operationId }) => operationId)).toEqual([]);
});

describe("the page of errors", () => {
  const page = readFileSync(new URL("docs/errors.html", ASSETS), "utf8");
  const examples = Object.entries(document.components.examples);

  it("has the section that each error links to", () => {
    expect(examples.length).toBeGreaterThan(40);
    for (const [code, { value }] of examples) {
      const { error } = value as { readonly error: { readonly code: string; readonly doc_url: string } };
      const { pathname, hash } = new URL(error.doc_url);
      expect({ code: error.code, pathname, hash }).toEqual({ code, pathname: "/docs/errors", hash: `#${code}` });
      expect(page).toContain(`<section id="${code}">`);
    }
  });

  it("has the cause and the remedy of an error", () => {
    const [, section = ""] = /<section id="key_limit">(.+?)<\/section>/s.exec(page) ?? [];
    expect(section).toContain("The merchant has two active secret keys already.");
    expect(section).toContain("Revoke the one that is no longer used: <code>DELETE /v1/keys/{id}</code>.");
  });

  it("is also docs/reference/errors.md, the output of `pnpm errors:document`", () => {
    const written = readFileSync(new URL("../errors.md", ASSETS), "utf8");
    expect(readFileSync(new URL("../../docs/reference/errors.md", import.meta.url), "utf8")).toBe(written);
    for (const [code] of examples) expect(written).toContain(`\n## ${code}\n\nStatus `);
  });

  it("names the operations that answer an error", () => {
    const [, section = ""] = /<section id="delivery_not_found">(.+?)<\/section>/s.exec(page) ?? [];
    expect([...section.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, route]) => route)).toEqual([
      "POST /v1/webhook_endpoints/:id/deliveries/:delivery/replay",
    ]);
  });

  it("runs no script, and its policy forbids scripts", () => {
    expect(page).not.toContain("<script");
    const headers = readFileSync(new URL("_headers", ASSETS), "utf8");
    expect(headers).toMatch(
      /^\/docs\/errors\n {2}Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline';/m,
    );
  });
});

describe("the reference", () => {
  const page = readFileSync(new URL("docs.html", ASSETS), "utf8");
  const headers = readFileSync(new URL("_headers", ASSETS), "utf8");

  it("loads nothing from other hosts, and is not allowed to", () => {
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(loaded.length).toBeGreaterThan(1);
    // A `data:` address is its own content.
    for (const address of loaded) expect(address).toMatch(/^(?:data:|\/[^/])/);
    expect(headers).toMatch(/^\/docs\n {2}Content-Security-Policy: default-src 'none'; script-src 'self';/m);
    const policy = /Content-Security-Policy: (.*)/.exec(headers)?.[1] ?? "";
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });
});

describe.each(["/console", "/console/*"])("the pages of the console at %s", (path) => {
  const headers = readFileSync(new URL("_headers", ASSETS), "utf8");
  const rule = headers.split("\n\n").find((block) => block.startsWith(`${path}\n`)) ?? "";

  it("run only scripts of the Worker, and stand in no frame", () => {
    const policy = /Content-Security-Policy: (.*)/.exec(rule)?.[1] ?? "";
    const required = ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"];
    expect(policy.split("; ")).toEqual(expect.arrayContaining(required));
    expect(policy).not.toMatch(/https?:|\*|unsafe-/);
  });
});

it("the Worker ships one language of zod: `import * as z`, because `import { z }` keeps all of them", () => {
  const worker = readFileSync(new URL("../worker/index.js", ASSETS), "utf8");
  const locales = worker.match(/^\/\/ .*\/zod\/.*\/locales\/\w+\.js$/gm) ?? [];
  expect(locales.length).toBeLessThanOrEqual(1);
});
