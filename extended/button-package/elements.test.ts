import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CustomElement, Package } from "custom-elements-manifest/schema.d.ts";
import { expect, inject, it } from "vitest";
import { readJson } from "./install-packed.ts";

const dist = join(inject("shop"), "node_modules/@qonto-pay/button/package/dist");
const { modules } = await readJson<Package>(join(dist, "custom-elements.json"));
const elements = modules.flatMap(({ declarations = [] }) => declarations) as readonly (CustomElement & {
  readonly name: string;
})[];
const [button] = elements;

it("the manifest lists each element, its export and its registration", () => {
  expect(button).toMatchObject({ name: "QontoPayButton", tagName: "qonto-pay-button", customElement: true });
  const exported = new Map(
    modules.map(({ path, exports = [] }) => [path, exports.map(({ kind, name }) => `${kind} ${name}`)]),
  );
  expect(exported.get("package/dist/index.js")).toContain("js QontoPayButton");
  expect(exported.get("package/dist/define-status.js")).toEqual([
    "js QontoPayStatus",
    "custom-element-definition qonto-pay-status",
  ]);
  expect(exported.get("package/dist/define.js")).toEqual(["custom-element-definition qonto-pay-button"]);
});

it("the manifest lists only public members, and describes each part", () => {
  const members = elements.flatMap((element) => element.members ?? []);
  expect(members.filter(({ name }) => /^[#_]/.test(name))).toEqual([]);
  const parts = elements.flatMap((element) => [element.attributes, element.events, element.cssParts]);
  for (const part of parts) {
    expect(part).not.toHaveLength(0);
    expect(part?.filter(({ description }) => !description)).toEqual([]);
  }
});

it("the manifest names the property and the values of each attribute", () => {
  const byName = new Map(button?.attributes?.map((attribute) => [attribute.name, attribute]));
  expect(byName.get("publishable-key")).toMatchObject({ fieldName: "publishableKey", type: { text: "string" } });
  expect(byName.get("show-amount")).toMatchObject({ fieldName: "showAmount", type: { text: "boolean" } });
  expect(byName.get("theme")?.type?.text).toBe('"light" | "dark" | "auto"');
});

it("the editors' data lists the same attributes as the manifest", async () => {
  const names = elements.map(({ attributes = [] }) => attributes.map(({ name }) => name));
  const vscode = await readJson<{ tags: readonly { attributes: readonly { name: string }[] }[] }>(
    join(dist, "vscode.html-custom-data.json"),
  );
  expect(vscode.tags.map(({ attributes }) => attributes.map(({ name }) => name))).toEqual(names);
  const webTypes = await readFile(join(dist, "web-types.json"), "utf8");
  for (const name of names.flat()) expect(webTypes).toContain(`"name": "${name}"`);
});
