import { inject } from "vitest";
import { QontoPayAdmin, type QontoPayAdminOptions } from "../../src/index.ts";

/** Creates the operator's client. */
export function newAdmin(options: Partial<QontoPayAdminOptions> = {}): QontoPayAdmin {
  return new QontoPayAdmin({ adminKey: inject("adminKey"), endpoint: inject("workerUrl"), ...options });
}
