/** Every table of a merchant object. `docs/storage.md` tells the shape and the lifetime of each. */
const TABLES = `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secret_keys (hash TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkouts (
  id TEXT PRIMARY KEY,
  attempt_id TEXT UNIQUE,
  intent TEXT NOT NULL,
  reference TEXT,
  status TEXT NOT NULL,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  link_id TEXT UNIQUE,
  items TEXT,
  pay_url TEXT,
  expires_at TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inbox (
  event_id TEXT PRIMARY KEY,
  payment_link_id TEXT,
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER,
  tries INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inbox_by_link ON inbox (payment_link_id);
CREATE INDEX IF NOT EXISTS inbox_by_due ON inbox (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS unwanted_links (
  id INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  link_id TEXT,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0
);
`;

/** Makes the tables where they are not there. */
export function createTables(sql: SqlStorage): void {
  sql.exec(TABLES);
}

/**
 * Whether this object belongs to a merchant. Anybody can name a merchant that does not exist; such an object must not
 * write, so that nobody can fill storage with names.
 */
export function hasTables(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'settings'").toArray().length > 0;
}
