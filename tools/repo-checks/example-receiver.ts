import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@qonto-pay/local-stack/servers/free-port.ts";
import { codeInDocument, REPOSITORY } from "./code-in-document.ts";

const DOCUMENT = "docs/reference/webhooks.md";

/** One webhook receiver in docs/reference/webhooks.md, unchanged. */
export interface ExampleReceiver {
  /** The response to a webhook; null if the program does not start. */
  answer(headers: Readonly<Record<string, string>>, body: string): Promise<number | null>;
  /** Its address. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A shop in PHP. The code after the example stands for the shop's handling of the event, and shows that it was reached.
 */
export function phpReceiver(secret: string | undefined): Promise<ExampleReceiver> {
  const code = `<?php\n${codeInDocument(DOCUMENT, "php", "HTTP_WEBHOOK_SIGNATURE")}\nhttp_response_code(empty($event['type']) ? 500 : 204);`;
  return start("shop.php", code, secret, (port, file) => ["php", "-S", `127.0.0.1:${port}`, file]);
}

/** A shop in Node without a framework. */
export function nodeReceiver(secret: string | undefined): Promise<ExampleReceiver> {
  return startNode("createServer", secret);
}

/** A shop in Node with Express. */
export function expressReceiver(secret: string | undefined): Promise<ExampleReceiver> {
  return startNode("express.raw", secret);
}

/** Runs the example that contains a text. It listens on any free port, and fails if it has no event to handle. */
function startNode(text: string, secret: string | undefined): Promise<ExampleReceiver> {
  const code = codeInDocument(DOCUMENT, "js", text)
    .replace("listen(3001)", 'listen(Number(process.env.PORT), "127.0.0.1")')
    .replace("console.log(event.type, JSON.stringify(event.data));", "if (!event.type) throw new Error();");
  return start("shop.mjs", code, secret, (_port, file) => [process.execPath, file]);
}

async function start(
  name: string,
  code: string,
  secret: string | undefined,
  command: (port: number, file: string) => readonly string[],
): Promise<ExampleReceiver> {
  const folder = mkdtempSync(join(tmpdir(), "qonto-pay-example-"));
  const file = join(folder, name);
  writeFileSync(file, code);
  symlinkSync(join(REPOSITORY, "tools/repo-checks/node_modules"), join(folder, "node_modules"));
  const port = await freePort();
  const { QONTO_PAY_WEBHOOK_SECRET: _other, ...env } = process.env;
  const [program = "", ...args] = command(port, file);
  const shop = spawn(program, args, {
    stdio: "ignore",
    env: { ...env, PORT: String(port), ...(secret !== undefined && { QONTO_PAY_WEBHOOK_SECRET: secret }) },
  });
  const url = `http://127.0.0.1:${port}/qonto-pay`;
  const isUp = await untilUp(shop, url);
  return {
    url,
    answer: async (headers, body) =>
      isUp
        ? (await fetch(url, { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body }))
            .status
        : null,
    close: async () => {
      if (shop.exitCode === null) {
        shop.kill();
        await once(shop, "exit");
      }
      rmSync(folder, { recursive: true });
    },
  };
}

/** @returns false if it has ended. */
async function untilUp(shop: ChildProcess, url: string): Promise<boolean> {
  while (shop.exitCode === null) {
    try {
      await fetch(url);
      return true;
    } catch {
      await pause(50);
    }
  }
  return false;
}
