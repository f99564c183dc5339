/** Where this script came from. */
const OWN_ORIGIN = new URL(import.meta.url).origin;

/** Address of the Worker that an element names, without a slash at the end. */
export function endpointOf({ endpoint }: { readonly endpoint: string | null | undefined }): string {
  return (endpoint || OWN_ORIGIN).replace(/\/+$/, "");
}
