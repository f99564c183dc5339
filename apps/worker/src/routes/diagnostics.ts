import { diagnosticsQuerySchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /v1/diagnostics` with a secret key. */
export async function getDiagnostics(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(
    await callAsServer(request, context, "runDiagnostics", (sent) => sent.query(diagnosticsQuerySchema)),
  );
}

/** `POST /v1/diagnostics/repair` with a secret key. */
export async function postRepair(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "repair", () => null), 202);
}
