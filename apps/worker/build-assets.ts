import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "./src/openapi/document.ts";

/**
 * Makes `dist/assets`, the folder that Cloudflare serves before it asks the Worker: the button, as its own build left it,
 * and the description of the API with its reference. So neither costs the Worker anything.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const BUTTON = join(HERE, "../../packages/button/dist");
const OWN = join(HERE, "assets");
const ASSETS = join(HERE, "dist/assets");

/** All of it in one file, which defines the global `Scalar`. */
const RENDERER = join(HERE, "node_modules/@scalar/api-reference/dist/browser/standalone.js");

rmSync(ASSETS, { recursive: true, force: true });
mkdirSync(join(ASSETS, "docs"), { recursive: true });
for (const file of globSync("*.js", { cwd: BUTTON })) cpSync(join(BUTTON, file), join(ASSETS, file));
for (const file of ["docs.html", "docs/start.js"]) cpSync(join(OWN, file), join(ASSETS, file));
cpSync(RENDERER, join(ASSETS, "docs/reference.js"));
writeFileSync(join(ASSETS, "openapi.json"), `${JSON.stringify(openApiDocument(), null, 1)}\n`);
const headers = [BUTTON, OWN].map((folder) => readFileSync(join(folder, "_headers"), "utf8"));
writeFileSync(join(ASSETS, "_headers"), headers.join("\n"));
