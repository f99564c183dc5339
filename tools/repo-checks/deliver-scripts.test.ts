import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deliverScripts } from "@qonto-pay/worker/deliver-scripts";
import { afterEach, beforeEach, expect, it } from "vitest";

/** A button that loads a chunk, as three releases contained it. */
const FIRST = "import('./qonto-pay-chunks/de-1.js');";
const SECOND = "import('./qonto-pay-chunks/de-2.js');";
const THIRD = "import('./qonto-pay-chunks/de-3.js'); // newer";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qonto-pay-delivery-"));
  write("released/1.0.0/qonto-pay-button.js", FIRST);
  write("released/1.0.0/qonto-pay-chunks/de-1.js", "1");
  write("released/1.1.0/qonto-pay-button.js", SECOND);
  write("released/1.1.0/qonto-pay-chunks/de-2.js", "2");
  write("built/qonto-pay-button.js", THIRD);
  write("built/qonto-pay-chunks/de-3.js", "import('./all-3.js');");
  write("built/qonto-pay-chunks/all-3.js", "3");
  write("built/qonto-pay-status.js", "import('./qonto-pay-chunks/de-4.js');");
  write("built/qonto-pay-chunks/de-4.js", "4");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const served = (path: string) => readFileSync(join(folder, "assets", path), "utf8");

function deliver(version: string) {
  const [built, released, assets] = ["built", "released", "assets"].map((name) => join(folder, name));
  return deliverScripts({ built: `${built}`, released: `${released}`, version, assets: `${assets}` });
}

function hashOf(text: string): string {
  return `sha384-${createHash("sha384").update(text).digest("base64")}`;
}

it("a script is at the address that moves and at the one of its version, with its hash", () => {
  deliver("1.2.0");
  expect(served("qonto-pay-button.js")).toBe(THIRD);
  expect(served("qonto-pay-button/1.2.0/qonto-pay-button.js")).toBe(THIRD);
  expect(JSON.parse(served("qonto-pay-button.json"))).toEqual({
    version: "1.2.0",
    url: "/qonto-pay-button/1.2.0/qonto-pay-button.js",
    integrity: hashOf(THIRD),
    chunks: [
      { url: "/qonto-pay-button/1.2.0/qonto-pay-chunks/all-3.js", integrity: hashOf("3") },
      { url: "/qonto-pay-button/1.2.0/qonto-pay-chunks/de-3.js", integrity: hashOf("import('./all-3.js');") },
    ],
  });
});

it("another script of the same version has its own hash and chunks", () => {
  deliver("1.2.0");
  expect(JSON.parse(served("qonto-pay-status.json"))).toMatchObject({
    url: "/qonto-pay-button/1.2.0/qonto-pay-status.js",
    chunks: [{ url: "/qonto-pay-button/1.2.0/qonto-pay-chunks/de-4.js", integrity: hashOf("4") }],
  });
});

it("releases stay byte for byte, with their chunks", () => {
  deliver("1.2.0");
  expect(served("qonto-pay-button/1.0.0/qonto-pay-button.js")).toBe(FIRST);
  expect(served("qonto-pay-button/1.0.0/qonto-pay-chunks/de-1.js")).toBe("1");
  expect(served("qonto-pay-button/1.1.0/qonto-pay-button.js")).toBe(SECOND);
});

it("a page that runs the script of the previous deployment still finds its chunks", () => {
  deliver("1.2.0");
  expect(["de-1", "de-2", "all-3"].map((name) => served(`qonto-pay-chunks/${name}.js`))).toEqual(["1", "2", "3"]);
});

it("a build under a released version does not replace the release", () => {
  write("released/1.1.0/qonto-pay-status.js", "");
  const [script] = deliver("1.1.0");
  expect(served("qonto-pay-button/1.1.0/qonto-pay-button.js")).toBe(SECOND);
  expect(script?.integrity).toBe(hashOf(SECOND));
  expect(script?.chunks.map(({ url }) => url)).toEqual(["/qonto-pay-button/1.1.0/qonto-pay-chunks/de-2.js"]);
  expect(served("qonto-pay-button.js")).toBe(THIRD);
});

it("works without any release and any chunk", () => {
  rmSync(join(folder, "released"), { recursive: true });
  rmSync(join(folder, "built/qonto-pay-chunks"), { recursive: true });
  rmSync(join(folder, "built/qonto-pay-status.js"));
  expect(deliver("0.1.0").map(({ version, chunks }) => ({ version, chunks }))).toEqual([
    { version: "0.1.0", chunks: [] },
  ]);
  expect(existsSync(join(folder, "assets/qonto-pay-chunks"))).toBe(false);
});
