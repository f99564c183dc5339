import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packedByNpm, unpackedIn } from "@qonto-pay/test-run/packed";
import { publint } from "publint";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const installed = createRequire(import.meta.url);

/** The tarball as npm would publish it, and a shop that has installed only this tarball. */
let folder: string;
let tarball: string;
let shop: string;
let unpacked: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-pay-client-pack-"));
  await run("pnpm", ["pack", "--pack-destination", folder], { cwd: PACKAGE });
  tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "");
  shop = join(folder, "shop");
  const modules = join(shop, "node_modules");
  unpacked = join(modules, "@qonto-pay/client");
  await mkdir(unpacked, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", unpacked]);
  await mkdir(join(modules, "@types"));
  const types = dirname(installed.resolve("@types/node/package.json"));
  await symlink(types, join(modules, "@types/node"));
  await symlink(join(types, "../../undici-types"), join(modules, "undici-types"));
  await writeFile(join(shop, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true }));

it("contains one module and its types for each format, without unresolved names", async () => {
  expect((await readdir(unpacked)).toSorted()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  expect((await readdir(join(unpacked, "dist"))).toSorted()).toEqual([
    "index.cjs",
    "index.d.cts",
    "index.d.ts",
    "index.js",
  ]);
  const manifest = JSON.parse(await readFile(join(unpacked, "package.json"), "utf8")) as Record<string, unknown>;
  expect([manifest["dependencies"], manifest["peerDependencies"]]).toEqual([undefined, undefined]);
  for (const file of ["index.js", "index.d.ts", "index.cjs", "index.d.cts"]) {
    const text = await readFile(join(unpacked, "dist", file), "utf8");
    expect(text).not.toMatch(/\bfrom ?["']|\bimport ?\(|\brequire\(|^import |@qonto-pay\/core|reference types/m);
  }
});

it("has the same contents when npm packs it", async () => {
  expect(await unpackedIn(unpacked)).toEqual(await packedByNpm(PACKAGE));
});

it("passes publint", async () => {
  expect((await publint({ pkgDir: unpacked, strict: true })).messages).toEqual([]);
});

it("passes attw", async () => {
  const attw = join(dirname(installed.resolve("@arethetypeswrong/cli/package.json")), "dist/index.js");
  const { stdout } = await run(process.execPath, [attw, tarball]);
  expect(stdout).toContain("No problems found");
});

it("works in a shop: the documented code compiles with the strictest options, and the module runs in plain Node", async () => {
  await writeFile(join(shop, "pay.ts"), SHOP);
  await writeFile(join(shop, "readme.ts"), await codeIn("README.md"));
  await writeFile(join(shop, "offers.ts"), await codeIn("../../docs/guides/offers.md"));
  const flags = ["--module", "nodenext", "--target", "es2023", "--lib", "es2023", "--types", "node", "--strict"];
  const strict = ["--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--skipLibCheck", "false"];
  const tsc = join(PACKAGE, "../../node_modules/.bin/tsc");
  await run(tsc, [...flags, ...strict, "pay.ts", "readme.ts", "offers.ts"], { cwd: shop }).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    },
  );
  const { stdout } = await run(process.execPath, ["pay.js"], { cwd: shop });
  expect(stdout).toBe("QontoPayConnectionError\n3\n");
});

it("works in a CommonJS shop: the code compiles with module Node16, and the module runs in a Node that can't require ESM", async () => {
  const commonJs = join(folder, "commonjs-shop");
  await mkdir(commonJs);
  await symlink(join(shop, "node_modules"), join(commonJs, "node_modules"));
  await writeFile(join(commonJs, "package.json"), "{}");
  await writeFile(join(commonJs, "pay.ts"), COMMONJS_SHOP);
  const flags = ["--module", "node16", "--target", "es2022", "--lib", "es2022", "--types", "node", "--strict"];
  const tsc = join(PACKAGE, "../../node_modules/.bin/tsc");
  await run(tsc, [...flags, "--skipLibCheck", "false", "pay.ts"], { cwd: commonJs }).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    },
  );
  expect(await readFile(join(commonJs, "pay.js"), "utf8")).toContain('require("@qonto-pay/client")');
  const { stdout } = await run(process.execPath, ["--no-experimental-require-module", "pay.js"], { cwd: commonJs });
  expect(stdout).toBe("QontoPayConnectionError true paid\n");
});

it("gives both formats the same names", async () => {
  const program = `
    const required = Object.keys(require("@qonto-pay/client"));
    import("@qonto-pay/client").then((imported) => console.log(JSON.stringify([required, Object.keys(imported)])));`;
  const { stdout } = await run(process.execPath, ["--input-type=commonjs", "--eval", program], { cwd: shop });
  const [required = [], imported = []] = JSON.parse(stdout) as string[][];
  expect(required.toSorted()).toEqual(imported.toSorted());
  expect(required).toContain("QontoPay");
});

/** Returns the TypeScript of a document as one module. */
async function codeIn(document: string): Promise<string> {
  const text = await readFile(join(PACKAGE, document), "utf8");
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1] ?? "");
  expect(blocks.length).toBeGreaterThan(0);
  return blocks.join("\n");
}

const SHOP = `
import type { IncomingMessage } from "node:http";
import { type Checkout, QontoPay, QontoPayError, signOffer, verifyWebhook } from "@qonto-pay/client";

const secretKey = "sk_live_shop_local_only";
const price = { value: "12.00", currency: "EUR" };
const items = [{ title: "Poster", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" }] as const;
const unreachable: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));
const qontoPay = new QontoPay({ secretKey, endpoint: "https://pay.shop.example", fetch: unreachable, maxRetries: 0 });

export async function receive(request: IncomingMessage, body: Buffer): Promise<Checkout["id"] | undefined> {
  const event = await verifyWebhook(body, request.headers, "whsec_c2VjcmV0");
  return event.type === "checkout.paid" ? event.data.checkout?.id : undefined;
}

try {
  await qontoPay.checkouts.create({ items });
} catch (error) {
  if (error instanceof QontoPayError) console.log(error.code, error.param, error.requestId);
  else if (error instanceof Error) console.log(error.name);
}
console.log((await signOffer(secretKey, { checkout: { items }, expiresIn: 600 })).split(".").length);
`;

const COMMONJS_SHOP = `
import { CHECKOUT_STATUSES, QontoPay, QontoPayConnectionError, type MerchantEvent } from "@qonto-pay/client";

const unreachable: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));
const endpoint = "https://pay.shop.example";
const qontoPay = new QontoPay({ secretKey: "sk_live_shop_local_only", endpoint, fetch: unreachable, maxRetries: 0 });

export function orderOf(event: MerchantEvent): string | null {
  switch (event.type) {
    case "checkout.paid":
      return event.data.checkout.reference;
    default:
      return null;
  }
}

qontoPay.checkouts.get("co_1").catch((error: unknown) => {
  const { name } = error as Error;
  console.log(name, error instanceof QontoPayConnectionError, CHECKOUT_STATUSES.find((status) => status === "paid"));
});
`;
