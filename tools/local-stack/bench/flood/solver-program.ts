import { setPriority } from "node:os";
import type { Challenge } from "@qonto-pay/core/api";
import { solve } from "./solve.ts";

/** The program that `solver.ts` starts. Its argument is its priority, as of `nice`. */
setPriority(Number(process.argv[2]));
process.on("message", ({ id, challenge }: { id: number; challenge: Challenge }) => {
  void solve(challenge).then((solution) => process.send?.({ id, solution }));
});
process.once("disconnect", () => process.exit());
