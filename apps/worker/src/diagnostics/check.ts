import type {
  DiagnosticsCheck,
  DiagnosticsCheckName,
  DiagnosticsMeasurements,
  DiagnosticsStatus,
} from "@qonto-pay/core/api";

/** What a check found. */
export interface Finding<Name extends DiagnosticsCheckName> {
  readonly status: DiagnosticsStatus;
  readonly message: string;
  /** Null where nothing has to be done. */
  readonly remediation: string | null;
  readonly measured?: DiagnosticsMeasurements[Name];
}

export function ok<Name extends DiagnosticsCheckName>(
  message: string,
  measured: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "ok", message, remediation: null, measured };
}

/** @param remediation in one or two sentences that somebody can follow at midnight. */
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

/** Returns a finding under the name of its check, as the report has it. */
export function checkOf<Name extends DiagnosticsCheckName>(name: Name, finding: Finding<Name>): DiagnosticsCheck {
  return { name, ...finding } as DiagnosticsCheck;
}

/** Milliseconds of the epoch as ISO 8601. */
export function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
