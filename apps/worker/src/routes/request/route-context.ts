import type { Config } from "../../context/config.ts";
import type { Env } from "../../context/env.ts";

/** What a route works with beside the request. */
export interface RouteContext {
  readonly env: Env;
  readonly config: Config;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Headers that the answer gets in addition to its own. */
  readonly answerHeaders: Headers;
}
