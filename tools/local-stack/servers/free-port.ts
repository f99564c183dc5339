import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below what systems take for the connections that programs make (from 32,768 on Linux), and above all ports that browsers
 * refuse: a port that is chosen by the system may be a connection's by the time that somebody listens on it.
 */
const FIRST = 20_000;
const END = 32_768;

/** A port of this machine that nobody listens on. Chosen by chance: suites that run together look for theirs. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    // Every address: somebody may listen on one of them only.
    await once(server.listen(port), "listening");
    await once(server.close(), "close");
    return true;
  } catch {
    return false;
  }
}
