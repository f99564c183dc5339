-- Adds the checkouts with the numbers from {from} to {to} to a merchant's database, and what belongs to each of them.
-- Of each field, one value is on half of all checkouts or more, and another one on the first five only, or on one.
-- Used by the tests of the Worker and by `pnpm bench:growth`.

WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to})
INSERT INTO checkouts (id, attempt_id, intent, reference, opening_reference, status, amount, currency, metadata,
  opened_by, link_id, pay_url, payment_link, created_at, heard_at, ended_at)
SELECT
  'co_' || printf('%020d', n),
  'seeded-' || n,
  '[]',
  iif(n % 2 = 0, 'donation', 'ORDER-' || n),
  iif(n % 2 = 0, 'donation', 'ORDER-' || n),
  CASE WHEN n <= 5 THEN 'paid' WHEN n <= 10 THEN 'processing' WHEN n % 100 = 11 THEN 'open'
    WHEN n % 3 = 0 THEN 'canceled' ELSE 'expired' END,
  '12.00',
  'EUR',
  json_object('order_id', CAST(n AS TEXT), 'channel', 'web', 'parity', iif(n % 2 = 0, 'even', 'odd'),
    'third', iif(n % 3 = 0, 'yes', 'no')),
  CASE WHEN n <= 5 THEN 'offer' WHEN n % 4 = 0 THEN 'server' ELSE 'button' END,
  'link-' || n,
  'https://pay.test/link-' || n,
  json_object('id', 'link-' || n, 'url', 'https://pay.test/link-' || n, 'status', 'expired', 'expiration_date', NULL,
    'created_at', '2026-01-01T00:00:00Z', 'amount', json_object('value', '12.00', 'currency', 'EUR'),
    'resource_type', 'Basket'),
  1767225600000 + n * 1000,
  1767225600000 + n * 1000,
  iif(n BETWEEN 6 AND 10 OR n % 100 = 11, NULL, 1767225600000 + n * 1000)
FROM numbers;

INSERT INTO checkout_metadata (name, value, status, opened_by, opened_at, checkout_id)
SELECT entry.key, entry.value, status, opened_by, created_at, checkouts.id
FROM checkouts, json_each(metadata) AS entry
WHERE checkouts.id BETWEEN 'co_' || printf('%020d', {from}) AND 'co_' || printf('%020d', {to});

WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to})
INSERT INTO events (id, type, checkout_id, data, created_at)
SELECT 'evt_' || printf('%020d', n), 'checkout.expired', 'co_' || printf('%020d', n), '{}', strftime('%s', 'now') * 1000
FROM numbers;

-- The endpoint of the deliveries does not exist.
INSERT INTO deliveries (id, endpoint_id, event_number, queue, status, begun_at, created_at, ended_at)
SELECT 'dlv_' || substr(id, 5), 'we_0000000000000seeded0', number, checkout_id,
  iif(substr(id, 5) <= '00000000000000000005', 'dead', 'delivered'), created_at, created_at, created_at
FROM events WHERE id BETWEEN 'evt_' || printf('%020d', {from}) AND 'evt_' || printf('%020d', {to});

WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to})
INSERT INTO payments (id, checkout_id, body, recorded_at)
SELECT 'pay-' || n, 'co_' || printf('%020d', n), json_object('id', 'pay-' || n, 'status', 'paid'),
  1767225600000 + n * 1000
FROM numbers;

WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to})
INSERT INTO inbox (event_id, payment_link_id, received_at)
SELECT 'inbox-' || n, 'link-' || n, strftime('%s', 'now') * 1000
FROM numbers;

WITH RECURSIVE numbers (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to})
INSERT INTO idempotency_keys (key, fingerprint, attempt_id, created_at)
SELECT 'server:seeded-' || n, 'fingerprint', 'seeded-' || n, strftime('%s', 'now') * 1000
FROM numbers;
