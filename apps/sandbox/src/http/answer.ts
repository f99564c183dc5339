/** An answer, not sent yet. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Breaks the connection after half of the body, although the headers declare all of it. */
  readonly cut?: boolean;
}

/** The outcome of a call: an answer, or a connection that closes without one. */
export type Outcome = Answer | "drop";

export function json(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, text: JSON.stringify(value) };
}

export function html(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, text };
}

/** Returns a 204 without a body. */
export function noContent(): Answer {
  return { status: 204, headers: {}, text: "" };
}

/** Returns a 302, as a login wall does. */
export function found(location: string): Answer {
  return { status: 302, headers: { location }, text: "" };
}

/** Returns a 303: the browser loads `location` with GET, so that a reload repeats nothing. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location }, text: "" };
}
