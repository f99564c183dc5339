import type { FaultKind } from "./faults.ts";
import { OPERATIONS, type OperationKind, type OperationName } from "./operations.ts";

const UNAUTHORIZED =
  "Once: the token is renewed and the call made again. Always: after 5 answers of 401 within an hour Qonto is not asked any more until one of them is an hour old. The consent is kept.";

const LIMITED_FOR_LONG =
  "Nobody is made to wait that long: the caller is told when to come back. Until then this merchant's calls wait, or are refused without asking Qonto.";

type Sentences = Readonly<Record<FaultKind, string>>;

/** What happens next, for whoever reads it at midnight. "Once" and "always" are how long the fault lasts. */
const OF_KIND: Readonly<Record<OperationKind, Sentences>> = {
  read: {
    refusal: "Qonto is asked once: it would refuse again. Nothing has changed.",
    missing: "Qonto does not know it, and the caller is told so.",
    unauthorized: UNAUTHORIZED,
    limited:
      "Once: Qonto is asked again a second later. Always: after three tries the caller is told to come back, and this merchant's calls wait a little longer after each.",
    limited_for_long: LIMITED_FOR_LONG,
    lost: "Once: Qonto is asked again within a second, and nobody notices. Always: after three tries the caller is told to come back.",
    silence:
      "After 8 s the caller is told to come back. Qonto is not asked again, because whoever asked has waited enough.",
    newer: "The caller gets it as Qonto wrote it, with what this version does not know.",
    amount: "The caller gets it as Qonto wrote it: nobody pays by this amount.",
  },
  mint: {
    refusal: "No link was made. The provider connection and its methods are read anew, in case they are why.",
    missing: "No link was made.",
    unauthorized: `${UNAUTHORIZED} No link was made by a refused call.`,
    limited: "No link was made. The same attempt may be made again, and gets one link.",
    limited_for_long: `No link was made. ${LIMITED_FOR_LONG}`,
    lost: "Once: Qonto is asked again at once, under the same `X-Qonto-Idempotency-Key`, and nobody notices. Always: after two tries the caller is told to come back. A link that was made and never heard of is found in Qonto's list by the alarm, and deactivated.",
    silence:
      "After 8 s the caller is told to come back. A link that Qonto makes all the same, also late, is found in its list by the alarm, which looks at once and again after 5 s, 1 min and 10 min, and is deactivated.",
    newer: "The link is taken, and the checkout stays open until Qonto says something that this version knows.",
    amount: "Nobody is sent to pay another amount than the one shown: the link is deactivated.",
  },
  write: {
    refusal: "Nothing has changed. Qonto is asked once: it would refuse again.",
    missing: "Qonto does not know it, and the caller is told so.",
    unauthorized: `${UNAUTHORIZED} Nothing was changed by a refused call.`,
    limited: "Nothing has changed. The caller is told to come back.",
    limited_for_long: `Nothing has changed. ${LIMITED_FOR_LONG}`,
    lost: "Qonto is not asked again by itself: the caller is told to come back, and may ask the same again.",
    silence: "After 8 s the caller is told to come back, and may ask the same again.",
    newer: "The caller gets it as Qonto wrote it, with what this version does not know.",
    amount: "The caller gets it as Qonto wrote it: nobody pays by this amount.",
  },
  refresh: {
    refusal:
      "No link was asked for. It was the refresh that was refused, not the consent: the tokens are kept, and the next call tries again. (The `error` decides, regardless of the status: `invalid_grant` says that the consent is gone, and the answer is `merchant_not_connected`; `invalid_client` says that Qonto rejects this deployment, and the answer is `misconfigured`, with an alarm in the log and an event.)",
    missing: "No link was asked for, and the tokens are kept. Look at `QONTO_OAUTH_URL`.",
    unauthorized:
      "No link was requested, and the tokens are kept. After 5 such answers within an hour, the Worker sends Qonto no further request until one of them is an hour old, and the answer is `merchant_not_connected`.",
    limited: "No link was asked for, and the tokens are kept.",
    limited_for_long: `No link was asked for, and the tokens are kept. ${LIMITED_FOR_LONG}`,
    lost: "Once: the refresh is made again with the same refresh token, which Qonto keeps for 60 s after its first use, and nobody notices. Always: after two tries the caller is told to come back, and the alarm tries on. If the answer is not JSON, the log has an alarm and the merchant an event. Where Qonto carries refreshes out for more than these 60 s and no answer gets here, the merchant has to connect again.",
    silence:
      "After 5 s the caller is told to come back. The alarm finishes the refresh within the 60 s for which Qonto keeps a used refresh token.",
    newer: "The tokens are taken.",
    amount: "A token has no amount: the tokens are taken.",
  },
};

const LINK_READ_SOON = "The checkout's link is read by the alarm at once, so that the checkout says what became of it.";
const LOOK_BEFORE =
  "Qonto may have made the connection: then the same request gets `409 multiple_connections_not_allowed`, and `GET /v1/connection` shows it.";

const BY_THE_LIST =
  "The Worker requests Qonto's list of links once: if that is a 404, too, the organization has no payment links, and the answer is `409 payment_links_not_activated`.";

const OF_OPERATION: Readonly<Partial<Record<OperationName, Partial<Sentences>>>> = {
  sync: {
    missing: "The checkout stays as it is, although Qonto does not know its link.",
    newer: "A status that this version does not know changes nothing; anything else is taken.",
    amount: "The checkout keeps its own amount; the link in it shows Qonto's.",
  },
  deactivate: {
    refusal: `Qonto is asked once: it would refuse again. ${LINK_READ_SOON}`,
    lost: `Qonto is not asked again by itself: the caller is told to come back, and may ask the same again. ${LINK_READ_SOON}`,
    silence: `After 8 s the caller is told to come back, and may ask the same again. ${LINK_READ_SOON}`,
  },
  connect: {
    lost: `Qonto is not asked again by itself. ${LOOK_BEFORE}`,
    silence: `After 8 s the caller is told to come back. ${LOOK_BEFORE}`,
    amount: "A connection has no amount.",
    missing: `Nothing has changed. ${BY_THE_LIST}`,
  },
  list: {
    missing: "The organization has no payment links: the answer says where its owner switches them on.",
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

/** What happens next under a kind of fault. */
export function sentenceOf(operation: OperationName, fault: FaultKind): string {
  return OF_OPERATION[operation]?.[fault] ?? OF_KIND[OPERATIONS[operation].kind][fault];
}
