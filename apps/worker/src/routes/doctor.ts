import { doctorQuerySchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./call-as-server.ts";
import type { RouteContext } from "./route-context.ts";

/** `GET /v1/doctor` by secret key. */
export async function getDoctor(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "runDiagnostics", (sent) => sent.query(doctorQuerySchema)));
}
