import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "../command-line/start-problem.ts";

/** The Worker's own secrets on this machine. They must outlive a restart: stored tokens are encrypted with them. */
export interface LocalSecrets {
  readonly vaultKey: string;
  readonly adminKey: string;
}

/**
 * Reads the secrets of a state folder. If the folder is new, creates them, readable only by their owner.
 *
 * @throws StartProblem if the Worker has stored state and its secrets are missing.
 */
export function localSecrets(stateFolder: string): LocalSecrets {
  const file = join(stateFolder, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as LocalSecrets;
  if (existsSync(join(stateFolder, "worker"))) {
    throw new StartProblem(
      `The state in ${stateFolder} can't be decrypted, because its secrets.json is missing. Delete that folder, or choose another --state FOLDER.`,
    );
  }
  const secrets = { vaultKey: randomBytes(32).toString("base64"), adminKey: randomBytes(32).toString("hex") };
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
