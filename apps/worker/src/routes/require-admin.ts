import type { Config } from "../context/config.ts";
import { Failure } from "../errors/api-error.ts";
import { isSameSecret } from "../crypto/constant-time-equal.ts";
import { bearerKeyOf } from "./bearer-token.ts";

/** Lets only the holder of the deployment's admin key in. @throws Failure `invalid_key`. */
export async function requireAdmin(request: Request, { adminKey }: Config): Promise<void> {
  const found = bearerKeyOf(request, { mayHaveSpaces: true });
  if (await isSameSecret("key" in found ? found.key : "", adminKey)) return;
  throw new Failure("invalid_key", { message: "The admin key is missing or wrong." });
}
