import type { Config } from "../../context/config.ts";
import type { Env } from "../../context/env.ts";

/** What a route uses in addition to the request. */
export interface RouteContext {
  readonly env: Env;
  readonly config: Config;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Headers that are added to those of the response. */
  readonly answerHeaders: Map<string, string>;
}
