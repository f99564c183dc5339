import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import { isSameSecret } from "@qonto-pay/web/constant-time";
import { bearerTokenOf } from "./bearer-token.ts";

/** Lets only the holder of the deployment's admin key in. @throws ApiError `invalid_key`. */
export async function requireAdmin(request: Request, { adminKey }: Config): Promise<void> {
  const found = bearerTokenOf(request, { mayHaveSpaces: true });
  if (isSameSecret("key" in found ? found.key : "", adminKey)) return;
  throw new ApiError("invalid_key", { message: "The admin key is missing or wrong." });
}
