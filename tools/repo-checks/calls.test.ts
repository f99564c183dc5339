import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "./code-in-document.ts";

/**
 * Compares the statements of documents about the Worker's API with the reference that the Worker serves: see
 * `apps/worker/build-assets.ts`.
 */

/** The limits in a schema. */
interface Schema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly items: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties: Schema;
  readonly propertyNames: Schema;
  readonly minItems: number;
  readonly maxItems: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly maxLength: number;
}
interface Reference {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

function read(path: string): string {
  return readFileSync(`${REPOSITORY}${path}`, "utf8");
}

const reference = JSON.parse(read("apps/worker/dist/assets/openapi.json")) as Reference;

const known = Object.entries(reference.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
);

/** `GET /v1/checkouts/{id}`, without its query. */
function callsIn(text: string): readonly string[] {
  const found = text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/v1\/[\w/{}-]*[\w}])/g);
  return [...found].map(([, method = "", path = ""]) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
}

/** Paths of the documents in a folder. */
function documentsIn(folder: string): readonly string[] {
  return readdirSync(`${REPOSITORY}${folder}`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
}

describe.each([
  ...documentsIn("docs/guides"),
  ...documentsIn("docs/reference"),
  "docs/operations/deploy.md",
  "docs/operations/keys.md",
  "docs/operations/diagnostics.md",
  "docs/operations/incidents.md",
  "docs/operations/fault-matrix.md",
  "docs/decisions/get-without-side-effects.md",
  "docs/architecture/overview.md",
  "README.md",
])("%s", (document) => {
  it("names only calls of the reference", () => {
    expect(callsIn(read(document)).filter((call) => !known.includes(call))).toEqual([]);
  });
});

it("an unknown call would be found", () => {
  expect(callsIn("`GET /v1/checkouts/{id}`, `POST /v1/refunds?x=1`")).toEqual([
    "GET /v1/checkouts/{}",
    "POST /v1/refunds",
  ]);
  expect(known).toContain("GET /v1/checkouts/{}");
  expect(known).not.toContain("POST /v1/refunds");
});

it("docs/reference/limits.md has the limits of the API reference", () => {
  const fieldsOf = (name: string) => reference.components.schemas[name]?.properties ?? {};
  const { items, metadata, expires_in, success_url, cancel_url } = fieldsOf("ServerCheckoutRequest");
  // An item with a price and one with a total share these.
  const { title, description, measure_unit, quantity } = items?.items.anyOf?.[0]?.properties ?? {};
  const number = (value: number | undefined) => value?.toLocaleString("en") ?? "none";
  const limits = {
    "`items`": `${items?.minItems} to ${items?.maxItems}`,
    "`title`, `description`, `measure_unit`": `1 to ${title?.maxLength}, ${description?.maxLength}, ${measure_unit?.maxLength} characters`,
    "`quantity`": `more than 0, at most ${number(quantity?.maximum)}; rounded to six decimals`,
    "`metadata`": `20 entries; names of 1 to ${metadata?.propertyNames.maxLength} characters, texts of ${metadata?.additionalProperties.maxLength}`,
    "`expires_in`": `${expires_in?.minimum} to ${number(expires_in?.maximum)} seconds (30 days)`,
    "`success_url`, `cancel_url`": `${number(Math.min(success_url?.maxLength ?? 0, cancel_url?.maxLength ?? 0))} characters`,
    "address of a webhook endpoint": `${fieldsOf("WebhookEndpointRequest")["url"]?.maxLength} characters; 5 endpoints`,
    "an [offer](../guides/offers.md)": `${number(fieldsOf("CheckoutRequest")["offer"]?.maxLength)} characters`,
  };
  const rows = read("docs/reference/limits.md").matchAll(/^\| (.+?) \| (.+?) \| `[^|]+` \|$/gm);
  expect(Object.fromEntries([...rows].map(([, what, limit]) => [what, limit]))).toMatchObject(limits);
});
