import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that systems use for outgoing connections (from 32,768 on Linux), and above all ports that browsers
 * block. A port that the system chooses may become an outgoing connection's port before a server listens on it.
 */
const FIRST = 20_000;
const END = 32_768;

/**
 * Returns a port of this machine on which no program listens. It is random, because suites that run together search at
 * the same time.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    // Checks every address: a program may listen on only one of them.
    await once(server.listen(port), "listening");
    await once(server.close(), "close");
    return true;
  } catch {
    return false;
  }
}
