import type { FaultKind } from "./faults.ts";
import { OPERATIONS, type OperationKind, type OperationName } from "./operations.ts";

const UNAUTHORIZED =
  "Once: the Worker renews the token and repeats the call. Always: if Qonto accepts the renewed token for `GET /v2/organization` or for the list of links, this operation alone is paused for 15 minutes. If Qonto rejects it for both, the answer is `merchant_not_connected`: the Worker sends no further calls, records `authorization.action_required` with the reason `rejected`, and tries again after 15 minutes, then after longer pauses. After a new consent, the Worker calls Qonto again at once. The consent is kept.";

const LIMITED_FOR_LONG =
  "No caller waits that long: the answer has `Retry-After`. Until then, the Worker delays the calls of all merchants that share its addresses, or rejects them without a request to Qonto.";

const REJECTED = "The Worker calls Qonto once, because a retry would be rejected too.";

const UNKNOWN = "Qonto has no object with this id.";

const AFTER_THREE = "Always: after three tries, the answer has `Retry-After`.";

const NOTHING_CREATED = "No link was created.";

const NOTHING_CHANGED = "Nothing has changed.";

const AS_QONTO_WROTE_IT = "The caller gets Qonto's answer unchanged, with the parts that this version does not know.";

const NOT_PAID_BY = "The caller gets Qonto's answer unchanged: no payment depends on this amount.";

const NO_REQUEST = "The Worker requested no link and kept the tokens.";

type Sentences = Readonly<Record<FaultKind, string>>;

/** The next steps for an operator on call. "Once" and "always" state the duration of the fault. */
const OF_KIND: Readonly<Record<OperationKind, Sentences>> = {
  read: {
    refusal: `${REJECTED} ${NOTHING_CHANGED}`,
    missing: UNKNOWN,
    unauthorized: UNAUTHORIZED,
    limited: `Once: the Worker repeats the call one second later. ${AFTER_THREE} Each try further delays the calls of all merchants that share the Worker's addresses.`,
    limited_for_long: LIMITED_FOR_LONG,
    lost: `Once: the Worker repeats the call within a second, and the caller does not notice. ${AFTER_THREE}`,
    silence:
      "After 8 s, the answer has `Retry-After`. The Worker does not repeat the call: the caller has waited enough.",
    newer: AS_QONTO_WROTE_IT,
    amount: NOT_PAID_BY,
  },
  mint: {
    refusal: `${NOTHING_CREATED} The Worker reads the provider connection and its methods again, because they may be the cause.`,
    missing: `${NOTHING_CREATED} A shopper gets \`merchant_not_connected\`, and the alarm reads the connection again. For the merchant's server, the Worker first reads whether the organization has payment links.`,
    unauthorized: `${UNAUTHORIZED} The rejected calls created no link.`,
    limited: `${NOTHING_CREATED} The caller can repeat the same attempt, and gets one link.`,
    limited_for_long: `${NOTHING_CREATED} ${LIMITED_FOR_LONG}`,
    lost: "Once: the Worker repeats the call immediately, under the same `X-Qonto-Idempotency-Key`, and the caller does not notice. Always: after two tries, the answer has `Retry-After`. If Qonto created a link, the alarm finds it in Qonto's list and deactivates it.",
    silence:
      "After 8 s, the answer has `Retry-After`. If Qonto creates the link anyway, even late, the alarm finds it in Qonto's list and deactivates it. It searches immediately, then after 5 s, 1 min and 10 min.",
    newer: "The link is accepted. The checkout stays open until Qonto returns a status that this version knows.",
    amount: "The link is deactivated: no shopper is sent to a link whose amount differs from the one shown.",
  },
  write: {
    refusal: `${NOTHING_CHANGED} ${REJECTED}`,
    missing: UNKNOWN,
    unauthorized: `${UNAUTHORIZED} The rejected calls changed nothing.`,
    limited: `${NOTHING_CHANGED} The answer has \`Retry-After\`.`,
    limited_for_long: `${NOTHING_CHANGED} ${LIMITED_FOR_LONG}`,
    lost: "The Worker does not repeat the call: the answer has `Retry-After`, and the caller can repeat the request.",
    silence: "After 8 s, the answer has `Retry-After`, and the caller can repeat the request.",
    newer: AS_QONTO_WROTE_IT,
    amount: NOT_PAID_BY,
  },
  refresh: {
    refusal:
      "No link was requested. Qonto rejected the refresh, not the consent: the tokens are kept, and the next call tries again. (The `error` decides, regardless of the status. `invalid_grant` means that the consent is gone: the answer is `merchant_not_connected`. `invalid_client` means that Qonto rejects this deployment: the answer is `misconfigured`, with an alarm in the log and an event.)",
    missing: `${NO_REQUEST} Check \`QONTO_OAUTH_URL\`.`,
    unauthorized:
      "No link was requested, and the tokens are kept. After 5 such answers within an hour, the answer is `merchant_not_connected`, the Worker records `authorization.action_required` with the reason `rejected`, and tries again when one of them is an hour old. A new consent ends this at once.",
    limited: NO_REQUEST,
    limited_for_long: `${NO_REQUEST} ${LIMITED_FOR_LONG}`,
    lost: "Once: the Worker repeats the refresh with the same refresh token, which Qonto accepts for 60 s after its first use, and the caller does not notice. Always: after two tries, the answer has `Retry-After`, and the alarm continues. If the answer is not JSON, the log has an alarm and the merchant an event. If Qonto executes refreshes for more than these 60 s and no answer arrives, the merchant must reauthorize.",
    silence:
      "After 5 s, the answer has `Retry-After`. The alarm finishes the refresh within the 60 s for which Qonto accepts a used refresh token.",
    newer: "The tokens are accepted.",
    amount: "A token has no amount: the tokens are accepted.",
  },
};

const LINK_READ_SOON = "The alarm reads the checkout's link immediately, so that the checkout has the right status.";
const MAY_BE_CONNECTED =
  "Qonto may have created the connection. In that case the same request gets `409 multiple_connections_not_allowed`, and `GET /v1/connection` shows the connection.";

const BY_THE_LIST =
  "The Worker requests Qonto's list of links once: if that is also a 404, the organization has no payment links, and the answer is `409 payment_links_not_activated`.";

const OF_OPERATION: Readonly<Partial<Record<OperationName, Partial<Sentences>>>> = {
  sync: {
    missing: "The checkout keeps its status, although Qonto does not know its link.",
    newer: "A status that this version does not know changes nothing. Everything else is accepted.",
    amount: "The checkout keeps its own amount. The link in it shows Qonto's amount.",
  },
  deactivate: {
    refusal: `${REJECTED} ${LINK_READ_SOON}`,
    lost: `The Worker does not repeat the call: the answer has \`Retry-After\`, and the caller can repeat the request. ${LINK_READ_SOON}`,
    silence: `After 8 s, the answer has \`Retry-After\`, and the caller can repeat the request. ${LINK_READ_SOON}`,
  },
  connect: {
    lost: `The Worker does not repeat the call. ${MAY_BE_CONNECTED}`,
    silence: `After 8 s, the answer has \`Retry-After\`. ${MAY_BE_CONNECTED}`,
    amount: "A connection has no amount.",
    missing: `${NOTHING_CHANGED} ${BY_THE_LIST}`,
  },
  list: {
    missing: "The organization has no payment links. The answer contains the address where its owner switches them on.",
  },
  connection: {
    amount: "A connection has no amount.",
    missing: `The merchant has never connected the provider. ${BY_THE_LIST}`,
  },
  methods: {
    amount: "A payment method has no amount.",
    missing: `The merchant has never connected the provider. ${BY_THE_LIST}`,
  },
};

/** Returns the next steps under a kind of fault. */
export function sentenceOf(operation: OperationName, fault: FaultKind): string {
  return OF_OPERATION[operation]?.[fault] ?? OF_KIND[OPERATIONS[operation].kind][fault];
}
