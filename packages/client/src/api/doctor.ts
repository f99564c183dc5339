import type { DoctorReport } from "@qonto-pay/core/api";
import type { WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/doctor`: what keeps payments from being taken, and what to do about it. */
export class Doctor {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Looks at everything that payments hang on, live where only Qonto can tell. It takes up to 9 seconds while Qonto keeps
   * silent: a shorter `timeoutMs` gives up before the answer. What was found wrong is in the report, not an error.
   */
  examine(): Promise<DoctorReport> {
    return this.#calls.read(["doctor"]);
  }
}
