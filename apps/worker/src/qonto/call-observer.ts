import { QontoError } from "./qonto-error.ts";
import type { QontoClock } from "./qonto-clock.ts";

/** Records about one merchant's calls to Qonto, regardless of the caller. */
export interface CallObserver {
  readonly clock: QontoClock;
  /** Called synchronously before each request is sent. */
  beforeRequest(): void;
  /** Records and logs an error. An ordinary one is only logged. */
  failed(operation: string, fault: QontoError, isOrdinary: boolean): void;
}

/** Makes a call and records its error. `not_found` is an answer, not an error. */
export async function observed<T>(
  observer: CallObserver,
  operation: string,
  call: () => Promise<T>,
  isOrdinary: (fault: QontoError) => boolean = () => false,
): Promise<T> {
  try {
    return await call();
  } catch (fault) {
    if (fault instanceof QontoError && fault.kind !== "not_found") observer.failed(operation, fault, isOrdinary(fault));
    throw fault;
  }
}
