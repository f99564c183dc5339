const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;

/** Who asks: an IPv4 address; of IPv6 the half that names a network, because one visitor has all of the other half. */
export function clientAddress(address: string): string {
  if (!address.includes(":")) return address;
  const [start = "", end = ""] = address.split("::");
  const [left, right] = [groupsOf(start), groupsOf(end)];
  const zeros = Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].slice(0, GROUPS_OF_NETWORK).join(":");
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
