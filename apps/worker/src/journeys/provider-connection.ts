import type { ConnectionAnswer } from "@qonto-pay/core/api";
import type { CreateConnection, PaymentLinkConnection } from "@qonto-pay/core/qonto";
import { Failure } from "../failure/failure.ts";
import { consentProblemOf } from "../merchant/consent-state.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { asAskedOfQonto } from "./as-asked-of-qonto.ts";
import { readConnectionSoon, recordConnection } from "./keep-connection.ts";

/** The connection to the payment provider, read from Qonto now. @throws Failure `connection_not_found`. */
export async function readConnectionAtQonto(merchant: Merchant, _nothing: null): Promise<ConnectionAnswer> {
  if (merchant.settings.read("consent")?.lostAt != null) {
    const message = "The merchant has to connect Qonto again: it takes the consent no more.";
    throw new Failure("merchant_not_connected", { message });
  }
  const connection = await asAskedOfQonto(() => merchant.qonto.getConnection(), "connection_not_found");
  return answerOf(merchant, connection);
}

/**
 * Connects a bank account to the payment provider. The merchant then finishes at the provider's own pages.
 *
 * @throws Failure `multiple_connections_not_allowed` where there is one already.
 */
export async function createConnection(merchant: Merchant, body: CreateConnection): Promise<ConnectionAnswer> {
  // Whatever comes of it: an answer that is lost may have made the connection all the same.
  await readConnectionSoon(merchant);
  return answerOf(merchant, await asAskedOfQonto(() => createAtQonto(merchant, body)));
}

async function createAtQonto(merchant: Merchant, body: CreateConnection): Promise<PaymentLinkConnection> {
  try {
    return await merchant.qonto.createConnection(body);
  } catch (fault) {
    const isSecond = fault instanceof QontoFault && fault.code === "multiple_connections_not_allowed";
    throw isSecond ? new Failure("multiple_connections_not_allowed") : fault;
  }
}

function answerOf(merchant: Merchant, connection: PaymentLinkConnection): ConnectionAnswer {
  recordConnection(merchant, connection.status);
  const consent = merchant.settings.read("consent");
  const problem = consent === null ? null : consentProblemOf(consent, Date.now());
  return { ...connection, needs_reconnect: problem };
}
