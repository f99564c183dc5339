import { validateHeaderName, validateHeaderValue } from "node:http";
import * as z from "zod";
import { OPERATION_NAMES, type OperationName } from "../api/operation-name.ts";

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** The body of `POST /_sandbox/faults`. The README of this package describes each field. */
export const faultSchema = z.strictObject({
  operation: z.enum(OPERATION_NAMES),
  times: z.int().min(0).default(1),
  when: z.enum(["before", "after"]).default("before"),
  status: z.int().min(200).max(599).optional(),
  code: z.string().optional(),
  headers: z
    .record(z.string(), z.string())
    .refine(
      (headers) => Object.entries(headers).every(([name, value]) => isHeader(name, value)),
      "must be valid headers",
    )
    .default({}),
  body: z.enum(["html", "malformed_json", "cut", "empty"]).optional(),
  delay_ms: z.int().min(0).max(600_000).default(0),
  drop: z.boolean().default(false),
  amount_off_by: z
    .string()
    .regex(/^-?\d{1,9}\.\d{2}$/, "must be a decimal string with two decimals")
    .optional(),
  amount_as: z.enum(["number", "null", "comma"]).optional(),
  unknown_enum: z.boolean().default(false),
  extra_fields: z.boolean().default(false),
});

export type Fault = z.output<typeof faultSchema>;

/** The faults not used yet, in the order in which they were set. Kept in memory. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times === 0 ? Number.POSITIVE_INFINITY : fault.times });
  }

  /** Returns the next fault for `operation` and counts it as used. */
  take(operation: OperationName): Fault | undefined {
    const found = this.#waiting.find(({ fault }) => fault.operation === operation);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== found);
    return found.fault;
  }

  clear(): void {
    this.#waiting = [];
  }
}
