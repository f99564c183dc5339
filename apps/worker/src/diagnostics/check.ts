import type {
  DoctorCheck,
  DoctorCheckName,
  DoctorCheckOf,
  DoctorMeasurements,
  DoctorStatus,
} from "@qonto-pay/core/api";

/** What a check found. */
export interface Finding<Name extends DoctorCheckName> {
  readonly status: DoctorStatus;
  readonly message: string;
  /** Null where nothing has to be done. */
  readonly whatToDo: string | null;
  readonly measured?: DoctorMeasurements[Name];
}

export function ok<Name extends DoctorCheckName>(message: string, measured: DoctorMeasurements[Name]): Finding<Name> {
  return { status: "ok", message, whatToDo: null, measured };
}

/** @param whatToDo in one or two sentences that somebody can follow at midnight. */
export function warning<Name extends DoctorCheckName>(
  message: string,
  whatToDo: string,
  measured?: DoctorMeasurements[Name],
): Finding<Name> {
  return { status: "warning", message, whatToDo, ...(measured === undefined ? {} : { measured }) };
}

/** @param whatToDo as for `warning`. */
export function failing<Name extends DoctorCheckName>(
  message: string,
  whatToDo: string,
  measured?: DoctorMeasurements[Name],
): Finding<Name> {
  return { status: "failing", message, whatToDo, ...(measured === undefined ? {} : { measured }) };
}

/** A finding as it is told. */
export function checkOf<Name extends DoctorCheckName>(name: Name, finding: Finding<Name>): DoctorCheck {
  const { whatToDo, ...found } = finding;
  const check: DoctorCheckOf<Name> = { name, ...found, what_to_do: whatToDo };
  return check as DoctorCheck;
}

/** Milliseconds of the epoch as ISO 8601. */
export function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
