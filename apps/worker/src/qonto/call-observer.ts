import { QontoError } from "./qonto-error.ts";
import type { QontoClock } from "./qonto-clock.ts";

/** Records about one merchant's calls to Qonto, regardless of the caller. */
export interface CallObserver {
  readonly clock: QontoClock;
  /** Called synchronously before each request is sent. */
  beforeRequest(): void;
  /** Records and logs a fault; one that is ordinary is only logged. */
  failed(operation: string, fault: QontoError, isOrdinary: boolean): void;
}

/** Makes a call, and notes the fault that it ends in. Something that is not there is an answer. */
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
