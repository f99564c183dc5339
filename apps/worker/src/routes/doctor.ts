import { doctorQuerySchema } from "@qonto-pay/core/api.schema";
import { answerJson } from "../http/json-response.ts";
import { asServer } from "./call-as-server.ts";
import type { RouteContext } from "./route-context.ts";

/** `GET /v1/doctor` by secret key. */
export async function getDoctor(request: Request, context: RouteContext): Promise<Response> {
  return answerJson(await asServer(request, context, "examineMerchant", (sent) => sent.query(doctorQuerySchema)));
}
