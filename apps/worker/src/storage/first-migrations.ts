/** The oldest migrations. Later ones stand in `migrate.ts`: this list never changes. */
export const FIRST_MIGRATIONS: readonly string[] = [
  `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE products (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE secret_keys (hash TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE checkouts (
  id TEXT PRIMARY KEY,
  attempt_id TEXT NOT NULL UNIQUE,
  intent TEXT NOT NULL,
  reference TEXT,
  status TEXT NOT NULL,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  link_id TEXT UNIQUE,
  pay_url TEXT,
  expires_at TEXT,
  heard_at INTEGER NOT NULL,
  read_at INTEGER,
  failed_reads INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX checkouts_by_read_at ON checkouts (read_at) WHERE read_at IS NOT NULL;
CREATE TABLE inbox (
  event_id TEXT PRIMARY KEY,
  payment_link_id TEXT,
  received_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX inbox_by_link ON inbox (payment_link_id);
CREATE INDEX inbox_by_time ON inbox (received_at);
CREATE TABLE unclaimed_links (
  id INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  link_id TEXT,
  due_at INTEGER NOT NULL,
  looks INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
);
`,
  // Values that were encrypted before keys had names are created again when the merchant reauthorizes.
  `
DELETE FROM settings WHERE name IN ('sealed_tokens', 'sealed_webhook_secret', 'webhook_subscription_id');
ALTER TABLE checkouts ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkouts ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE checkouts ADD COLUMN reusable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkouts ADD COLUMN payment_link TEXT;
ALTER TABLE unclaimed_links ADD COLUMN invoice_id TEXT;
ALTER TABLE unclaimed_links ADD COLUMN noted_at INTEGER NOT NULL DEFAULT 0;
CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  body TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX payments_by_checkout ON payments (checkout_id);
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  checkout_id TEXT,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
`,
  `
ALTER TABLE checkouts ADD COLUMN by_server INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkouts ADD COLUMN success_url TEXT;
ALTER TABLE checkouts ADD COLUMN cancel_url TEXT;
ALTER TABLE checkouts ADD COLUMN superseded_by TEXT;
ALTER TABLE checkouts ADD COLUMN closes_at INTEGER;
ALTER TABLE checkouts ADD COLUMN closed_at INTEGER;
CREATE INDEX checkouts_by_time ON checkouts (created_at, id);
CREATE INDEX checkouts_by_reference ON checkouts (reference) WHERE reference IS NOT NULL;
CREATE INDEX checkouts_by_closing ON checkouts (closes_at) WHERE closes_at IS NOT NULL;
ALTER TABLE secret_keys ADD COLUMN id TEXT;
UPDATE secret_keys SET id = 'key_' || substr(hash, 1, 20);
ALTER TABLE secret_keys ADD COLUMN ends_with TEXT NOT NULL DEFAULT '';
CREATE TABLE idempotency_keys (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  sealed_answer TEXT,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);
`,
  // A webhook secret that was stored before secrets had an age is replaced.
  `
DELETE FROM settings WHERE name IN ('webhook_secrets', 'webhook_subscription_id');
ALTER TABLE secret_keys ADD COLUMN sealed_offer_key TEXT;
CREATE TABLE connect_links (hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE connect_sessions (hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE consent_requests (
  state_hash TEXT PRIMARY KEY,
  session_hash TEXT NOT NULL,
  sealed_verifier TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
`,
  // A delivery's `due_at` is null while an earlier one of its queue is pending, and once it has ended.
  `
CREATE TABLE webhook_endpoints (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  event_types TEXT,
  description TEXT,
  enabled INTEGER NOT NULL DEFAULT 1,
  disabled_reason TEXT,
  sealed_secret TEXT NOT NULL,
  sealed_previous_secret TEXT,
  previous_secret_until INTEGER,
  created_at INTEGER NOT NULL
);
CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE DEFAULT ('dlv_' || lower(hex(randomblob(10)))),
  endpoint_id TEXT NOT NULL,
  event_number INTEGER NOT NULL,
  queue TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending',
  attempts INTEGER NOT NULL DEFAULT 0,
  last_status INTEGER,
  last_problem TEXT,
  due_at INTEGER,
  begun_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  UNIQUE (endpoint_id, event_number)
);
CREATE INDEX deliveries_by_queue ON deliveries (endpoint_id, queue, event_number) WHERE status = 'pending';
CREATE INDEX deliveries_by_due_at ON deliveries (endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_by_end ON deliveries (status, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX deliveries_by_event ON deliveries (event_number);
`,
  `
CREATE INDEX events_by_time ON events (created_at);
ALTER TABLE inbox ADD COLUMN happened_at INTEGER;
CREATE TABLE qonto_faults (
  operation TEXT NOT NULL,
  message TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 1,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (operation, message)
) WITHOUT ROWID;
`,
  `
CREATE TABLE shared_checkouts (
  attempt_id TEXT PRIMARY KEY,
  product TEXT NOT NULL,
  intent TEXT NOT NULL,
  retired_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX shared_checkouts_by_product ON shared_checkouts (product) WHERE retired_at IS NULL;
`,
  // The ids of shoppers' own attempts can't contain a colon. Earlier events about a checkout get its opener as well.
  `
ALTER TABLE checkouts ADD COLUMN opened_by TEXT NOT NULL DEFAULT 'button';
UPDATE checkouts SET opened_by = iif(attempt_id LIKE 'server:%', 'server', 'offer') WHERE by_server = 1;
ALTER TABLE checkouts DROP COLUMN by_server;
UPDATE events SET data = json_set(data, '$.checkout.opened_by', checkouts.opened_by)
FROM checkouts WHERE checkouts.id = events.checkout_id AND json_type(events.data, '$.checkout') = 'object';
`,
  `
ALTER TABLE unclaimed_links ADD COLUMN next_page INTEGER NOT NULL DEFAULT 1;
ALTER TABLE unclaimed_links ADD COLUMN in_order INTEGER NOT NULL DEFAULT 1;
CREATE TABLE announced_links (
  link_id TEXT PRIMARY KEY,
  announced_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX announced_links_by_due_at ON announced_links (due_at);
CREATE TABLE payment_lists (
  checkout_id TEXT PRIMARY KEY,
  next_page INTEGER,
  unexplained INTEGER NOT NULL,
  swept_at INTEGER
) WITHOUT ROWID;
`,
  `
ALTER TABLE checkouts ADD COLUMN ended_at INTEGER;
ALTER TABLE checkouts ADD COLUMN paid_link_seen_at INTEGER;
UPDATE events SET type = 'checkout.duplicate_payment' WHERE type = 'checkout.paid_again';
UPDATE webhook_endpoints SET event_types = replace(event_types, '"checkout.paid_again"', '"checkout.duplicate_payment"');
`,
  // A webhook secret without a known subscription is replaced.
  `
DELETE FROM settings WHERE name IN ('webhook_secrets', 'webhook_subscription');
`,
  `
ALTER TABLE checkouts ADD COLUMN opening_reference TEXT;
ALTER TABLE checkouts ADD COLUMN reference_set INTEGER NOT NULL DEFAULT 0;
UPDATE checkouts SET opening_reference = reference;
CREATE INDEX checkouts_by_opening_reference ON checkouts (opening_reference) WHERE opening_reference IS NOT NULL;
`,
  `
CREATE TABLE checkout_metadata (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  checkout_id TEXT NOT NULL,
  PRIMARY KEY (name, value, opened_at, checkout_id)
) WITHOUT ROWID;
INSERT INTO checkout_metadata (name, value, opened_at, checkout_id)
SELECT entry.key, entry.value, checkouts.created_at, checkouts.id
FROM checkouts, json_each(checkouts.metadata) AS entry;
`,
  `
ALTER TABLE checkouts ADD COLUMN locale TEXT;
`,
  // Keys can contain a colon now, so the keys of calls with a secret key get a prefix, as those with the admin key
  // have.
  `
UPDATE idempotency_keys SET key = 'server:' || key WHERE key NOT LIKE 'admin:%';
`,
  `
ALTER TABLE webhook_endpoints ADD COLUMN previous_secrets TEXT NOT NULL DEFAULT '[]';
UPDATE webhook_endpoints
SET previous_secrets = json_array(json_object('sealed', sealed_previous_secret, 'until', previous_secret_until))
WHERE sealed_previous_secret IS NOT NULL AND previous_secret_until IS NOT NULL;
ALTER TABLE webhook_endpoints DROP COLUMN sealed_previous_secret;
ALTER TABLE webhook_endpoints DROP COLUMN previous_secret_until;
`,
  // Names that other products use for the same things.
  `
UPDATE events SET type = 'authorization.granted' WHERE type = 'consent.given';
UPDATE events SET type = 'authorization.action_required' WHERE type = 'consent.needs_reconnect';
UPDATE events SET type = 'checkout.paid_after_superseded' WHERE type = 'checkout.paid_although_superseded';
UPDATE webhook_endpoints SET event_types = replace(replace(replace(event_types,
  '"consent.given"', '"authorization.granted"'),
  '"consent.needs_reconnect"', '"authorization.action_required"'),
  '"checkout.paid_although_superseded"', '"checkout.paid_after_superseded"');
`,
  `
CREATE INDEX IF NOT EXISTS unclaimed_links_by_due_at ON unclaimed_links (due_at);
`,
  // The earlier rows have no cause, from which the remediation follows. They matter for an hour only, so none is moved.
  `
DROP TABLE IF EXISTS qonto_faults;
CREATE TABLE IF NOT EXISTS qonto_errors (
  operation TEXT NOT NULL,
  message TEXT NOT NULL,
  cause TEXT,
  count INTEGER NOT NULL DEFAULT 1,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (operation, message)
) WITHOUT ROWID;
`,
  `
CREATE INDEX IF NOT EXISTS checkouts_by_paid_link ON checkouts (paid_link_seen_at) WHERE paid_link_seen_at IS NOT NULL;
`,
  // An invoice without a reference is an order of its own.
  `
UPDATE checkouts SET opening_reference = 'invoice:' || lower(json_extract(payment_link, '$.invoice_id'))
WHERE opening_reference IS NULL AND json_type(payment_link, '$.invoice_id') = 'text';
`,
  `
CREATE INDEX IF NOT EXISTS checkouts_without_link ON checkouts (created_at) WHERE link_id IS NULL AND status = 'open';
CREATE TABLE IF NOT EXISTS unmatched_payments (link_id TEXT PRIMARY KEY, reported_at INTEGER NOT NULL) WITHOUT ROWID;
`,
  `
ALTER TABLE checkouts ADD COLUMN products TEXT;
`,
  `
ALTER TABLE checkouts ADD COLUMN hinted INTEGER NOT NULL DEFAULT 0;
UPDATE checkouts SET hinted = 1 WHERE read_at = heard_at;
CREATE INDEX checkouts_hinted ON checkouts (read_at) WHERE hinted = 1 AND read_at IS NOT NULL;
`,
  // Indexes with which the cost of a call does not depend on the number of rows. See the section about growth in
  // `docs/architecture/storage.md`.
  `
DROP INDEX IF EXISTS checkouts_by_time;
CREATE INDEX IF NOT EXISTS checkouts_by_status ON checkouts (status, opened_by, created_at);
CREATE INDEX IF NOT EXISTS checkouts_with_link ON checkouts (created_at) WHERE link_id IS NOT NULL;
DROP INDEX IF EXISTS checkouts_by_reference;
CREATE INDEX checkouts_by_reference ON checkouts (reference, status, opened_by, created_at) WHERE reference IS NOT NULL;
CREATE INDEX IF NOT EXISTS checkouts_by_set_reference ON checkouts (reference, status) WHERE reference_set = 1;
DROP INDEX IF EXISTS checkouts_by_opening_reference;
CREATE INDEX checkouts_by_opening_reference ON checkouts (opening_reference, status)
  WHERE opening_reference IS NOT NULL AND opened_by <> 'button';
DROP INDEX IF EXISTS checkouts_by_read_at;
DROP INDEX IF EXISTS checkouts_hinted;
CREATE INDEX checkouts_by_read_at ON checkouts (hinted, read_at) WHERE read_at IS NOT NULL;
DROP TABLE IF EXISTS checkout_metadata;
CREATE TABLE checkout_metadata (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  status TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  checkout_id TEXT NOT NULL,
  PRIMARY KEY (name, value, status, opened_by, opened_at, checkout_id)
) WITHOUT ROWID;
INSERT INTO checkout_metadata (name, value, status, opened_by, opened_at, checkout_id)
SELECT entry.key, entry.value, checkouts.status, checkouts.opened_by, checkouts.created_at, checkouts.id
FROM checkouts, json_each(checkouts.metadata) AS entry;
CREATE INDEX IF NOT EXISTS unclaimed_links_by_checkout ON unclaimed_links (checkout_id);
CREATE INDEX IF NOT EXISTS unclaimed_links_by_link ON unclaimed_links (link_id) WHERE link_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS unclaimed_links_by_invoice ON unclaimed_links (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS announced_links_by_time ON announced_links (announced_at);
CREATE INDEX IF NOT EXISTS announced_links_failed ON announced_links (failures) WHERE failures > 0;
CREATE INDEX IF NOT EXISTS shared_checkouts_retired ON shared_checkouts (retired_at) WHERE retired_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_to_review ON events (type)
  WHERE type IN ('checkout.amount_mismatch', 'checkout.duplicate_payment',
    'checkout.paid_after_superseded', 'payment.unmatched');
DROP INDEX IF EXISTS payments_by_checkout;
CREATE INDEX payments_by_checkout ON payments (checkout_id, recorded_at);
CREATE INDEX IF NOT EXISTS deliveries_by_status ON deliveries (endpoint_id, status);
`,
  // Checkouts that ended without a link before are deleted with those that are open without one.
  `
DROP INDEX IF EXISTS checkouts_without_link;
CREATE INDEX checkouts_without_link ON checkouts (created_at) WHERE link_id IS NULL;
CREATE INDEX IF NOT EXISTS checkouts_by_end ON checkouts (ended_at) WHERE ended_at IS NOT NULL;
INSERT OR IGNORE INTO settings (name, value) VALUES ('expiry', json_object(
  'dueAt', (strftime('%s', 'now') + 86400) * 1000, 'unpaid', json_array(0, ''), 'paid', json_array(0, ''),
  'deleted', json_object('withoutLink', 0, 'unpaid', 0, 'paid', 0)));
`,
];
