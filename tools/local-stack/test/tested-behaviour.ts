import type { LocalBackendOptions } from "../servers/local-backend.ts";

/**
 * The behaviour of Qonto that these tests run against: `production`, unless SANDBOX_BEHAVIOUR names another. The
 * sandbox rejects unknown names.
 */
export const TESTED_BEHAVIOUR = (process.env["SANDBOX_BEHAVIOUR"] ?? "production") as NonNullable<
  LocalBackendOptions["behaviour"]
>;
