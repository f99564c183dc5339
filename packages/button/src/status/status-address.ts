/** Returns the address of the status of a checkout, for one report and for a stream. */
export function statusAddress(
  endpoint: string,
  { id, status_token }: { readonly id: string; readonly status_token: string },
): string {
  return `${endpoint}/v1/checkouts/${encodeURIComponent(id)}/status?token=${encodeURIComponent(status_token)}`;
}
