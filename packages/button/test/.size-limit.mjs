import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the chunks that the scripts load when needed. Missing if there are no chunks. */
const CHUNKS = fileURLToPath(new URL("../dist/script/qonto-pay-chunks", import.meta.url));
const chunks = existsSync(CHUNKS) ? readdirSync(CHUNKS) : [];

/** Size limits of the files that a shopper's browser loads, compressed with brotli as by a CDN. */
export default [
  { name: "first load, Lit included", path: "../dist/script/qonto-pay-button.js", limit: "8.2 kB" },
  { name: "first load of the status, Lit included", path: "../dist/script/qonto-pay-status.js", limit: "5.4 kB" },
  ...chunks.map((file) => ({ name: file, path: `../dist/script/qonto-pay-chunks/${file}`, limit: "3 kB" })),
];
