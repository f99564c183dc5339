import { type DeploymentReport, isLoopbackHost } from "@qonto-pay/core/api";
import { deploymentReportSchema } from "@qonto-pay/core/api.schema";
import type { Config } from "../context/config.ts";
import { logAuthorizationOutage } from "../context/log.ts";
import { CLIENT_ADVICE, FOREIGN_ADVICE } from "../errors/oauth-remediation.ts";
import { jsonResponse } from "../http/json-response.ts";
import { probeOAuth } from "../qonto/oauth.ts";
import { jsonRoute, type Route } from "./route.ts";

export const deployment: readonly Route[] = [
  // It reads no merchant, since nothing lists them: the deployment's own client is tried at Qonto instead.
  jsonRoute({
    method: "GET",
    path: "/v1/deployment/diagnostics",
    caller: "admin",
    handle: async (_sent, _request, { config }) => {
      const checks = [await checkOAuth(config), checkCallbackAddress(config)];
      const report: DeploymentReport = { healthy: checks.every(({ status }) => status !== "failing"), checks };
      return jsonResponse(report);
    },
    docs: WITH_DOCS && {
      id: "runDeploymentDiagnostics",
      tag: "Merchants",
      summary: "Find out what every merchant depends on",
      description:
        "Asks Qonto's OAuth now whether it accepts this deployment's client and staging token, without any merchant. Point a monitor at it: what fails here stops the payments of all merchants within the hour. A rejection counts against Qonto's limit of 200 answers of 401 an hour, so ask once a minute at most.",
      answers: [
        {
          status: 200,
          description: "The report.",
          schema: deploymentReportSchema,
          example: {
            healthy: true,
            checks: [{ name: "oauth", status: "ok", message: "Qonto accepts this deployment.", remediation: null }],
          },
        },
      ],
    },
  }),
];

type Check = DeploymentReport["checks"][number];

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
