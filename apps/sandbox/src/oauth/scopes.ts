/** Every scope of Qonto's contract. The descriptions continue the sentence "This app wants to". */
const SCOPES: ReadonlyMap<string, string> = new Map([
  ["offline_access", "stay connected when you are away, until you disconnect it"],
  ["organization.read", "see your organization, its bank accounts and their transactions"],
  ["payment_link.read", "see your payment links and their payments"],
  ["payment_link.write", "connect you to the payment provider, create payment links and deactivate them"],
  ["webhook", "be notified of events in your account"],
  ["attachment.read", "see attachments"],
  ["attachment.write", "add attachments to transactions and remove them"],
  ["bank_account.write", "open, change and close bank accounts"],
  ["beneficiary.trust", "mark beneficiaries as trusted"],
  ["card.read", "see your cards"],
  ["card.write", "order and change cards"],
  ["client.read", "see your clients"],
  ["client.write", "add clients"],
  ["client_invoice.write", "write invoices to your clients"],
  ["client_invoices.read", "see your client invoices and credit notes"],
  ["einvoicing.read", "see your e-invoicing settings"],
  ["embed_auth_link.write", "create sign-in links for embedded pages"],
  ["insurance_contract.read", "see your insurance contracts"],
  ["insurance_contract.write", "add insurance contracts and change them"],
  ["internal_transfer.write", "move money between your own Qonto accounts"],
  ["international_transfer.write", "send money abroad"],
  ["membership.read", "see who you are in your team"],
  ["membership.write", "invite people to your team"],
  ["payment.write", "send money to others, and stop trusting beneficiaries"],
  ["product.read", "see your products"],
  ["product.write", "add products"],
  ["request_cards.write", "request cards"],
  ["request_review.read", "see requests and their reviews"],
  ["request_review.write", "approve and decline requests"],
  ["request_transfers.write", "request transfers"],
  ["sepa_direct_debit.read", "see your SEPA direct debits"],
  ["sepa_direct_debit.write", "collect and manage SEPA direct debits"],
  ["supplier_invoice.read", "see your supplier invoices"],
  ["supplier_invoice.write", "add supplier invoices"],
  ["team.read", "see your teams"],
  ["team.write", "add teams"],
  ["terminal.read", "see your payment terminals"],
  ["terminal.write", "set up your terminals and take payments with them"],
]);

/** All scopes that payment links need: the default of `POST /_sandbox/authorizations`. */
export const PAYMENT_LINK_SCOPES = "offline_access organization.read payment_link.read payment_link.write webhook";

/** Whether Qonto documents this scope. */
export function isScope(name: string): boolean {
  return SCOPES.has(name);
}

/** Returns a description of a scope for the merchant. */
export function scopeInWords(name: string): string {
  return SCOPES.get(name) ?? name;
}
