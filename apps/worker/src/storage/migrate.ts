import { FIRST_MIGRATIONS } from "./first-migrations.ts";

/**
 * The statements that create the tables, oldest first. A released migration is never changed: a change is a new
 * migration at the end. `docs/architecture/storage.md` describes the shape and the lifetime of each table.
 */
const MIGRATIONS: readonly string[] = [
  ...FIRST_MIGRATIONS,
  `
CREATE TABLE IF NOT EXISTS console_sessions (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_ends_with TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
`,
  // The sessions end: each knows how it began now.
  `
DROP TABLE IF EXISTS console_sessions;
CREATE TABLE console_sessions (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  via TEXT NOT NULL,
  name TEXT,
  key_id TEXT NOT NULL,
  key_ends_with TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sign_in_links (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_ends_with TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
`,
  // Erased checkouts that are deleted once no late payment can arrive.
  `
ALTER TABLE checkouts ADD COLUMN erased_at INTEGER;
CREATE INDEX checkouts_erased ON checkouts (ended_at) WHERE erased_at IS NOT NULL AND status <> 'paid';
`,
  `
CREATE TABLE IF NOT EXISTS audit_log (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  target TEXT,
  created_at INTEGER NOT NULL
);
`,
  `
ALTER TABLE inbox ADD COLUMN is_creation INTEGER NOT NULL DEFAULT 0;
`,
];

/** Migrates the tables of a merchant to this version. */
export function migrate(storage: DurableObjectStorage): void {
  const { sql } = storage;
  sql.exec("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)");
  const { done } = sql.exec<{ done: number }>("SELECT count(*) AS done FROM migrations").one();
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue;
    storage.transactionSync(() => {
      sql.exec(migration);
      sql.exec("INSERT INTO migrations (number) VALUES (?)", index + 1);
    });
  }
}

/**
 * Whether this object belongs to a merchant. Any caller can name a merchant that does not exist. Such an object must
 * not write, so that invented names don't fill the storage.
 */
export function hasMerchant(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").toArray().length > 0;
}
