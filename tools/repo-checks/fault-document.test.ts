import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(REPOSITORY, "apps/worker/test/faults/write-document.ts");

it("docs/operations/fault-matrix.md is the output of `pnpm faults:document`", () => {
  const folder = mkdtempSync(join(tmpdir(), "qonto-pay-faults-"));
  try {
    const file = join(folder, "faults.md");
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, file], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(REPOSITORY, "docs/operations/fault-matrix.md"), "utf8")).toBe(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
