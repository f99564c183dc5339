import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deliverScripts } from "./deliver-scripts.ts";

/**
 * Creates `dist/assets`, the folder that Cloudflare serves before it calls the Worker: the button's build, its released
 * versions, the console, and the description of the API with its reference. Serving them costs the Worker nothing. Also
 * creates `dist/errors.md`, which `pnpm errors:document` copies to `docs/reference`.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUTTON = join(HERE, "../../packages/button");
const CONSOLE = join(HERE, "../console/dist");
const OWN = join(HERE, "assets");
const ASSETS = join(HERE, "dist/assets");

/** The whole renderer in one file, which defines the global `Scalar`. */
const RENDERER = join(HERE, "node_modules/@scalar/api-reference/dist/browser/standalone.js");

rmSync(ASSETS, { recursive: true, force: true });
mkdirSync(join(ASSETS, "docs"), { recursive: true });
for (const file of ["_headers", "docs.html", "docs/start.js"]) cpSync(join(OWN, file), join(ASSETS, file));
cpSync(RENDERER, join(ASSETS, "docs/reference.js"));
// Cloudflare serves `console.html` at `/console`.
cpSync(CONSOLE, join(ASSETS, "console"), { recursive: true });
renameSync(join(ASSETS, "console/index.html"), join(ASSETS, "console.html"));

// The routes are imported with their documentation, which the Worker's bundle leaves out: see `src/routes/route.ts`.
Object.assign(globalThis, { WITH_DOCS: true });
const { openApiDocument } = await import("./src/openapi/document.ts");
const { errorDocument, errorReference } = await import("./src/openapi/error-reference.ts");
const { operationsOf } = await import("./src/openapi/operations.ts");
const { ROUTES } = await import("./src/routes/index.ts");
const operations = operationsOf(ROUTES);
writeFileSync(join(ASSETS, "openapi.json"), `${JSON.stringify(openApiDocument(operations), null, 1)}\n`);
writeFileSync(join(ASSETS, "docs/errors.html"), errorReference(operations));
writeFileSync(join(HERE, "dist/errors.md"), errorDocument());

const { version } = JSON.parse(readFileSync(join(BUTTON, "package.json"), "utf8")) as { version: string };
const scripts = deliverScripts({
  built: join(BUTTON, "dist/script"),
  released: join(BUTTON, "released"),
  version,
  assets: ASSETS,
});
for (const { url, integrity } of scripts) {
  console.log(`<script type="module" src="${url}" integrity="${integrity}" crossorigin></script>`);
}
