import { QontoFault } from "./qonto-error.ts";
import type { QontoClock } from "./qonto-clock.ts";

/** What is remembered of one merchant's calls to Qonto, whoever made them. */
export interface CallWatch {
  readonly clock: QontoClock;
  /** Records and logs a fault. */
  failed(operation: string, fault: QontoFault): void;
}

/** Makes a call, and notes the fault that it ends in. Something that is not there is an answer. */
export async function watched<T>(watch: CallWatch, operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (fault) {
    if (fault instanceof QontoFault && fault.kind !== "not_found") watch.failed(operation, fault);
    throw fault;
  }
}
