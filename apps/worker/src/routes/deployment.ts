import { type DeploymentReport, isLoopbackHost } from "@qonto-pay/core/api";
import { deploymentReportSchema } from "@qonto-pay/core/api.schema";
import type { Config } from "../context/config.ts";
import { logAuthorizationOutage, logUnreadableAnswer } from "../context/log.ts";
import { CLIENT_ADVICE, FOREIGN_ADVICE } from "../errors/qonto-remediation.ts";
import { jsonResponse } from "../http/json-response.ts";
import { probeOAuth } from "../qonto/oauth.ts";
import { probeApi } from "../qonto/probe-api.ts";
import { jsonRoute, type Route } from "./route.ts";

/** This route can't reach any merchant, because no list of merchants exists. */
const ACCEPTED =
  "Qonto accepts this deployment. A merchant whose calls were suspended continues within 15 minutes, or a minute after POST /v1/diagnostics/repair.";

export const deployment: readonly Route[] = [
  // It reads no merchant, because no list of merchants exists: it tries the deployment's own client at Qonto instead.
  jsonRoute({
    method: "GET",
    path: "/v1/deployment/diagnostics",
    caller: "admin",
    handle: async (_sent, _request, { config }) => {
      const known = reports.get(config);
      if (known !== undefined && Date.now() < known.until) return jsonResponse(known.report);
      const report = await newReport(config);
      reports.set(config, { report, until: Date.now() + KEPT_MS });
      return jsonResponse(report);
    },
    docs: WITH_DOCS && {
      id: "runDeploymentDiagnostics",
      tag: "Merchants",
      summary: "Check what every merchant depends on",
      description:
        "Checks at Qonto now, without any merchant, whether its OAuth accepts this deployment's client and staging token, and whether its API answers. Point a monitor at it: a failing check stops the payments of all merchants within an hour. Each report causes one or two of the 200 answers of 401 that Qonto allows in an hour, so a report is kept for a minute where it was made. Send a request every five minutes.",
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

/** Each report costs one or two answers of 401. */
const KEPT_MS = 60_000;

/** The last report of this isolate, and until when it is kept (milliseconds since the epoch). */
const reports = new WeakMap<Config, { readonly report: DeploymentReport; readonly until: number }>();

async function newReport(config: Config): Promise<DeploymentReport> {
  const checks = [await checkOAuth(config), checkCallbackAddress(config), await checkApi(config)];
  return { healthy: checks.every(({ status }) => status !== "failing"), checks };
}

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

/** Qonto accepts only public addresses for redirects and webhooks. */
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
