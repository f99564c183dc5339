/** One answer, not yet sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The connection breaks after half of the body, although the headers promise all of it. */
  readonly cut?: boolean;
}

/** What comes of a call: an answer, or a connection that closes without one. */
export type Outcome = Answer | "drop";

export function json(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, text: JSON.stringify(value) };
}

export function html(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, text };
}

/** 204, without a body. */
export function noContent(): Answer {
  return { status: 204, headers: {}, text: "" };
}

/** 302: what a login wall answers. */
export function found(location: string): Answer {
  return { status: 302, headers: { location }, text: "" };
}

/** 303: the browser asks for `location` with GET, so that a reload repeats nothing. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location }, text: "" };
}
