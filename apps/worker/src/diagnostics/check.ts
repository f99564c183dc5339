import type {
  DiagnosticsCheck,
  DiagnosticsCheckName,
  DiagnosticsMeasurements,
  DiagnosticsStatus,
} from "@qonto-pay/core/api";

/** The result of a check. */
export interface Finding<Name extends DiagnosticsCheckName> {
  readonly status: DiagnosticsStatus;
  readonly message: string;
  /** Null if nothing has to be done. */
  readonly remediation: string | null;
  readonly measured?: DiagnosticsMeasurements[Name];
}

export function ok<Name extends DiagnosticsCheckName>(
  message: string,
  measured: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "ok", message, remediation: null, measured };
}

/** @param remediation one or two sentences that an operator on call can follow. */
export function warning<Name extends DiagnosticsCheckName>(
  message: string,
  remediation: string,
  measured?: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "warning", message, remediation, ...(measured === undefined ? {} : { measured }) };
}

/** @param remediation as for `warning`. */
export function failing<Name extends DiagnosticsCheckName>(
  message: string,
  remediation: string,
  measured?: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "failing", message, remediation, ...(measured === undefined ? {} : { measured }) };
}

/** Returns a finding with the name of its check, as in the report. */
export function checkOf<Name extends DiagnosticsCheckName>(name: Name, finding: Finding<Name>): DiagnosticsCheck {
  return { name, ...finding } as DiagnosticsCheck;
}

/** Formats milliseconds since the epoch as ISO 8601. */
export function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
