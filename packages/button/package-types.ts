import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const CORE = fileURLToPath(new URL("../core", import.meta.url));
const CORE_MANIFEST = JSON.parse(readFileSync(join(CORE, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, string>>;
};

/** The folders that tsc wrote declarations to, by their folder in the package. */
const DECLARATIONS: Readonly<Record<string, string>> = {
  button: fileURLToPath(new URL("dist/types/src", import.meta.url)),
  core: join(CORE, "dist/src"),
};

/** Modules of this repository in a declaration. Other modules are dependencies of the package and stay unchanged. */
const OWN_MODULE = /(?<=\b(?:from|import) ?\(?)"(\.[^"]+|@qonto-pay\/core\/[^"]+)"/g;

/** Adds the declarations of these modules to a bundle, and those of core that they use, since core is not published. */
export function packageTypes(entries: readonly string[]): Plugin {
  return {
    name: "package-types",
    generateBundle() {
      const files = new Set(entries.map((entry) => join(DECLARATIONS["button"] ?? "", `${entry}.d.ts`)));
      // The loop also visits items that are added while it runs.
      for (const file of files) {
        const place = placeOf(file);
        const source = readFileSync(file, "utf8").replace(OWN_MODULE, (_quoted, module: string) => {
          const target = declarationOf(module, file);
          files.add(target);
          const path = relative(dirname(place), placeOf(target)).split(sep).join("/");
          return JSON.stringify(`${path.startsWith(".") ? "" : "./"}${path.replace(/\.d\.ts$/, ".js")}`);
        });
        this.emitFile({ type: "asset", fileName: place, source });
      }
    },
  };
}

function declarationOf(module: string, importer: string): string {
  if (module.startsWith(".")) return join(dirname(importer), module.replace(/\.ts$/, ".d.ts"));
  const source = CORE_MANIFEST.exports[module.replace("@qonto-pay/core", ".")] ?? "";
  return join(CORE, "dist", source.replace(/\.ts$/, ".d.ts"));
}

/** Returns the path of a declaration in the package. */
function placeOf(declaration: string): string {
  const [name, folder] = Object.entries(DECLARATIONS).find(([, root]) => declaration.startsWith(root)) ?? [];
  if (name === undefined || folder === undefined)
    throw new Error(`${declaration} is not a declaration of button or core.`);
  return join("types", name, relative(folder, declaration)).split(sep).join("/");
}
