import { jsonResponse } from "../http/json-response.ts";

/** `GET /health`: the Worker runs and its settings are whole. Says nothing of Qonto. */
export function getHealth(): Response {
  return jsonResponse({ status: "ok" });
}
