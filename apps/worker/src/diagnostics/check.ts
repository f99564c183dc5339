import type {
  DiagnosticsCheck,
  DiagnosticsCheckName,
  DiagnosticsCheckOf,
  DiagnosticsMeasurements,
  DiagnosticsStatus,
} from "@qonto-pay/core/api";

/** What a check found. */
export interface Finding<Name extends DiagnosticsCheckName> {
  readonly status: DiagnosticsStatus;
  readonly message: string;
  /** Null where nothing has to be done. */
  readonly remediationOf: string | null;
  readonly measured?: DiagnosticsMeasurements[Name];
}

export function ok<Name extends DiagnosticsCheckName>(
  message: string,
  measured: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "ok", message, remediationOf: null, measured };
}

/** @param remediationOf in one or two sentences that somebody can follow at midnight. */
export function warning<Name extends DiagnosticsCheckName>(
  message: string,
  remediationOf: string,
  measured?: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "warning", message, remediationOf, ...(measured === undefined ? {} : { measured }) };
}

/** @param remediationOf as for `warning`. */
export function failing<Name extends DiagnosticsCheckName>(
  message: string,
  remediationOf: string,
  measured?: DiagnosticsMeasurements[Name],
): Finding<Name> {
  return { status: "failing", message, remediationOf, ...(measured === undefined ? {} : { measured }) };
}

/** A finding as it is told. */
export function checkOf<Name extends DiagnosticsCheckName>(name: Name, finding: Finding<Name>): DiagnosticsCheck {
  const { remediationOf, ...found } = finding;
  const check: DiagnosticsCheckOf<Name> = { name, ...found, remediation: remediationOf };
  return check as DiagnosticsCheck;
}

/** Milliseconds of the epoch as ISO 8601. */
export function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
