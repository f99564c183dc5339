import type { MerchantEvent } from "@qonto-pay/client";
import type { AccessTopic } from "../types.ts";

/** What an event says about whether shoppers can pay at all. It belongs to no order. */
export interface AccessNotice {
  readonly topic: AccessTopic;
  /** Whether shoppers can't pay, or soon can't. False: this topic is resolved. */
  readonly isProblem: boolean;
  /** What happened and what the merchant must do. */
  readonly message: string;
}

/** Null for an event about a checkout, and for one of a later version. */
export function accessNoticeOf({ type, data }: MerchantEvent): AccessNotice | null {
  switch (type) {
    case "authorization.action_required":
      return problem(
        "consent",
        data.consent?.reason === "expiring"
          ? "The merchant must reauthorize Qonto: the authorization could not be renewed, and shoppers soon can't pay. Request a new connect link from the operator of the Worker."
          : "The merchant must reauthorize Qonto: the authorization was revoked, and shoppers can't pay. Request a new connect link from the operator of the Worker.",
      );
    case "authorization.granted":
      return resolved("consent", "The merchant has authorized Qonto.");
    case "authorization.suspended":
      return problem(
        "authorization",
        `Payments stop within the hour: Qonto does not accept the Worker (${data.authorization?.reason ?? "unknown"}). Its operator must fix it; the merchant has nothing to do.`,
      );
    case "authorization.resumed":
      return resolved("authorization", "Qonto accepts the Worker again.");
    case "connection.changed": {
      const status = data.connection?.status ?? "unknown";
      return status === "enabled"
        ? resolved("connection", "The connection to the payment provider is enabled.")
        : problem(
            "connection",
            `The connection to the payment provider is ${status}: shoppers can't pay. The Worker's GET /v1/diagnostics says what to do.`,
          );
    }
    default:
      return null;
  }
}

function problem(topic: AccessTopic, message: string): AccessNotice {
  return { topic, isProblem: true, message };
}

function resolved(topic: AccessTopic, message: string): AccessNotice {
  return { topic, isProblem: false, message };
}
