import { freePort } from "./free-port.ts";

export interface Ports {
  readonly shop: number;
  readonly worker: number;
  readonly sandbox: number;
}

/** Returns three ports on which no program listens now. */
export async function freePorts(): Promise<Ports> {
  const ports = new Set<number>();
  while (ports.size < 3) ports.add(await freePort());
  const [shop = 0, worker = 0, sandbox = 0] = ports;
  return { shop, worker, sandbox };
}
