import type { Config } from "../config.ts";
import { Failure } from "../failure/failure.ts";
import { isSameSecret } from "../security/same-secret.ts";
import { bearerKeyOf } from "./bearer-key.ts";

/** Lets only the holder of the deployment's admin key in. @throws Failure `invalid_key`. */
export async function requireAdmin(request: Request, { adminKey }: Config): Promise<void> {
  const found = bearerKeyOf(request, { mayHaveSpaces: true });
  if (await isSameSecret("key" in found ? found.key : "", adminKey)) return;
  throw new Failure("invalid_key", { message: "The admin key is missing or wrong." });
}
