import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The Worker's own secrets on this machine. They must outlive a restart: stored tokens are encrypted with them. */
export interface LocalSecrets {
  readonly vaultKey: string;
  readonly adminKey: string;
}

/** Reads the secrets of a state folder. If there are none, creates them, readable only by their owner. */
export function localSecrets(stateFolder: string): LocalSecrets {
  const file = join(stateFolder, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as LocalSecrets;
  const secrets = { vaultKey: randomBytes(32).toString("base64"), adminKey: randomBytes(32).toString("hex") };
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
