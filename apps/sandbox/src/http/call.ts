import type { IncomingHttpHeaders } from "node:http";

/** One request, fully read: what every handler of the sandbox is given. */
export interface Call {
  readonly method: string;
  /** The IP address that it came from. */
  readonly address: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The values of the `:names` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The body as text; empty when there was none. */
  readonly text: string;
}
