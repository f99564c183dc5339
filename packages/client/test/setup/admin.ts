import { inject } from "vitest";
import { QontoPayAdmin, type QontoPayAdminOptions } from "../../src/index.ts";

/** The client of whoever runs the Worker. */
export function newAdmin(options: Partial<QontoPayAdminOptions> = {}): QontoPayAdmin {
  return new QontoPayAdmin({ adminKey: inject("adminKey"), endpoint: inject("workerUrl"), ...options });
}
