import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of what is loaded when it is needed. There is none where nothing is. */
const CHUNKS = fileURLToPath(new URL("../dist/script/qonto-pay-chunks", import.meta.url));
const chunks = existsSync(CHUNKS) ? readdirSync(CHUNKS) : [];

/** What a shopper's browser has to fetch, in brotli, as a CDN sends it. */
export default [
  { name: "first load, Lit included", path: "../dist/script/qonto-pay-button.js", limit: "8.2 kB" },
  { name: "first load of the status, Lit included", path: "../dist/script/qonto-pay-status.js", limit: "5.4 kB" },
  ...chunks.map((file) => ({ name: file, path: `../dist/script/qonto-pay-chunks/${file}`, limit: "3 kB" })),
];
