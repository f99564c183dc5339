import { type DeploymentReport, isLoopbackHost } from "@qonto-pay/core/api";
import { deploymentReportSchema } from "@qonto-pay/core/api.schema";
import type { Config } from "../context/config.ts";
import { logAuthorizationOutage, logUnreadableAnswer } from "../context/log.ts";
import { CLIENT_ADVICE, FOREIGN_ADVICE } from "../errors/qonto-remediation.ts";
import { jsonResponse } from "../http/json-response.ts";
import { probeOAuth } from "../qonto/oauth.ts";
import { probeApi } from "../qonto/probe-api.ts";
import { jsonRoute, type Route } from "./route.ts";

/** No merchant is reached from here: nothing lists them. */
const ACCEPTED =
  "Qonto accepts this deployment. A merchant whose calls were suspended continues within 15 minutes, or a minute after POST /v1/diagnostics/repair.";

export const deployment: readonly Route[] = [
  // It reads no merchant, since nothing lists them: the deployment's own client is tried at Qonto instead.
  jsonRoute({
    method: "GET",
    path: "/v1/deployment/diagnostics",
    caller: "admin",
    handle: async (_sent, _request, { config }) => {
      const checks = [await checkOAuth(config), checkCallbackAddress(config), await checkApi(config)];
      const report: DeploymentReport = { healthy: checks.every(({ status }) => status !== "failing"), checks };
      return jsonResponse(report);
    },
    docs: WITH_DOCS && {
      id: "runDeploymentDiagnostics",
      tag: "Merchants",
      summary: "Find out what every merchant depends on",
      description:
        "Asks Qonto's OAuth now whether it accepts this deployment's client and staging token, and Qonto's API whether it is Qonto's API that answers, without any merchant. Point a monitor at it: what fails here stops the payments of all merchants within the hour. Each request costs one or two answers of 401 of Qonto's 200 an hour, so send one every five minutes at most.",
      answers: [
        {
          status: 200,
          description: "The report.",
          schema: deploymentReportSchema,
          example: {
            healthy: true,
            checks: [
              { name: "oauth", status: "ok", message: ACCEPTED, remediation: null },
              {
                name: "callback_address",
                status: "ok",
                message: "Qonto redirects merchants and sends webhooks to https://pay.your-shop.eu.",
                remediation: null,
              },
              { name: "api", status: "ok", message: "Qonto's API answers.", remediation: null },
            ],
          },
        },
      ],
    },
  }),
];

type Check = DeploymentReport["checks"][number];

async function checkOAuth(config: Config): Promise<Check> {
  const fault = await probeOAuth(config);
  if (fault === null) return { name: "oauth", status: "ok", message: ACCEPTED, remediation: null };
  const message = `${fault.message}.`;
  if (fault.kind === "misconfigured") {
    logAuthorizationOutage(null, "invalid_client", fault.message);
    return { name: "oauth", status: "failing", message, remediation: CLIENT_ADVICE };
  }
  if (fault.isForeign) {
    logAuthorizationOutage(null, "invalid_response", fault.message);
    return { name: "oauth", status: "failing", message, remediation: FOREIGN_ADVICE };
  }
  return { name: "oauth", status: "warning", message, remediation: UNCHECKED };
}

async function checkApi(config: Config): Promise<Check> {
  const fault = await probeApi(config);
  if (fault === null) return { name: "api", status: "ok", message: "Qonto's API answers.", remediation: null };
  const message = `${fault.message}.`;
  if (fault.isForeign) {
    logUnreadableAnswer(null, "unreadable_answer", fault.message);
    return { name: "api", status: "failing", message, remediation: FOREIGN_ADVICE };
  }
  return { name: "api", status: "warning", message, remediation: UNCHECKED };
}

const UNCHECKED = "The Worker could not check this at Qonto. Try again in a minute, and look at Qonto's status page.";

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
