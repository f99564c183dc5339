import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { faultDocument } from "./fault-document.ts";

/** `pnpm faults:document`: writes `docs/faults.md`, or the file that the one argument names. */

const [, , file = fileURLToPath(new URL("../../../../docs/faults.md", import.meta.url))] = process.argv;
writeFileSync(file, faultDocument());
