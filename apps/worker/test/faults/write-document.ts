import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { faultDocument } from "./fault-document.ts";

/** `pnpm faults:document`: writes `docs/operations/fault-matrix.md`, or the file that the one argument names. */

const [, , file = fileURLToPath(new URL("../../../../docs/operations/fault-matrix.md", import.meta.url))] =
  process.argv;
writeFileSync(file, faultDocument());
