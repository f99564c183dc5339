import { env } from "cloudflare:test";
import type { Env } from "../../src/context/env.ts";
import worker from "../../src/index.ts";
import { adminKey, CONNECT } from "./connect.ts";

/** A deployment that was just started, so it has no report of its diagnostics yet. Returns how it runs them. */
export function newDeployment(): () => Promise<Response> {
  const bindings = { ...(env as unknown as Env) };
  return async () => {
    const headers = { Authorization: `Bearer ${adminKey}` };
    const request = new Request(`${CONNECT}/v1/deployment/diagnostics`, { headers });
    return worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
  };
}
