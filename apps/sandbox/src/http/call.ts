import type { IncomingHttpHeaders } from "node:http";

/** A complete request, the input of every handler. */
export interface Call {
  readonly method: string;
  /** The client's IP address. */
  readonly address: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The values of the `:names` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The body as text; empty if the request had none. */
  readonly text: string;
}
