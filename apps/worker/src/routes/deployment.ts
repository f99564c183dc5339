import { type DeploymentReport, isLoopbackHost } from "@qonto-pay/core/api";
import type { Config } from "../context/config.ts";
import { CLIENT_ADVICE, FOREIGN_ADVICE } from "../errors/oauth-remediation.ts";
import { jsonResponse } from "../http/json-response.ts";
import { logAuthorizationOutage } from "../context/log.ts";
import { probeOAuth } from "../qonto/probe-oauth.ts";
import { requireAdmin } from "./request/require-admin.ts";
import { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

type Check = DeploymentReport["checks"][number];

/**
 * `GET /v1/deployment/diagnostics` with the admin key: what every merchant depends on. It reads no merchant, since nothing
 * lists them: the deployment's own client is tried at Qonto instead.
 */
export async function getDeploymentDiagnostics(request: Request, { config, query }: RouteContext): Promise<Response> {
  await requireAdmin(request, config);
  await new RequestInput(request, query).requireNothingElse();
  const checks = [await checkOAuth(config), checkCallbackAddress(config)];
  const report: DeploymentReport = { healthy: checks.every(({ status }) => status !== "failing"), checks };
  return jsonResponse(report);
}

async function checkOAuth(config: Config): Promise<Check> {
  const fault = await probeOAuth(config);
  if (fault === null)
    return { name: "oauth", status: "ok", message: "Qonto accepts this deployment.", remediation: null };
  const message = `${fault.message}.`;
  if (fault.kind === "misconfigured") {
    logAuthorizationOutage(null, "invalid_client", fault.message);
    return { name: "oauth", status: "failing", message, remediation: CLIENT_ADVICE };
  }
  if (fault.isForeign) {
    logAuthorizationOutage(null, "invalid_response", fault.message);
    return { name: "oauth", status: "failing", message, remediation: FOREIGN_ADVICE };
  }
  const remediation =
    "The Worker could not check this at Qonto. Try again in a minute, and look at Qonto's status page.";
  return { name: "oauth", status: "warning", message, remediation };
}

/** Qonto takes no address that only this machine knows: not to come back to, and not to send webhooks to. */
function checkCallbackAddress({ workerUrl, isLocal }: Config): Check {
  const isPublic = workerUrl.protocol === "https:" && !isLoopbackHost(workerUrl.hostname);
  if (isPublic || isLocal) {
    const message = `Qonto redirects merchants and sends webhooks to ${workerUrl.origin}.`;
    return { name: "callback_address", status: "ok", message, remediation: null };
  }
  return {
    name: "callback_address",
    status: "failing",
    message: `WORKER_URL is ${workerUrl.origin}, which Qonto can't reach.`,
    remediation: "Set WORKER_URL to the public https address of this deployment, and deploy again.",
  };
}
