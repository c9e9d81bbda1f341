-- CREATE TABLE: columns, keys, watermarks, options.
CREATE TABLE t (a INT);
CREATE TABLE t (a INT NOT NULL, b TEXT NULL);
CREATE TABLE t (id BIGINT PRIMARY KEY, b TEXT);
CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY NOT ENFORCED, b TEXT);
CREATE TABLE t (a BIGINT, b TEXT, PRIMARY KEY (a, b));
CREATE TABLE t (a BIGINT, PRIMARY KEY (a) NOT ENFORCED);
CREATE TEMPORARY TABLE t (a INT);
CREATE TABLE IF NOT EXISTS t (a INT);
CREATE TEMPORARY TABLE IF NOT EXISTS db.schema1.t (a INT);
CREATE TABLE events (
  id BIGINT PRIMARY KEY,
  at TIMESTAMP NOT NULL,
  host TEXT METADATA FROM 'topic',                       -- connector metadata
  day TEXT GENERATED ALWAYS AS (date_format(at, '%Y-%m-%d')) STORED,
  tags TEXT[], payload JSON, geo STRUCT<lat DOUBLE, lon DOUBLE>,
  WATERMARK FOR at AS at - INTERVAL '5 seconds'
) WITH (connector = 'kafka', topic = 'events', format = 'json', type = 'source')
  PARTITIONED BY (day);
CREATE TABLE t (a TIMESTAMP, WATERMARK FOR a);
CREATE TABLE t (WATERMARK FOR a AS a - INTERVAL '1' SECOND, a TIMESTAMP, PRIMARY KEY (a));
CREATE TABLE t (watermark TIMESTAMP, WATERMARK FOR watermark);
CREATE TABLE t ("offset" BIGINT METADATA, part INT METADATA FROM 'partition' NOT NULL);
CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL, c INT GENERATED ALWAYS AS (a * 2));
CREATE TABLE t (a TEXT, b BIGINT GENERATED ALWAYS AS (length(a)) STORED NOT NULL);
CREATE TABLE t (a INT) WITH ();
CREATE TABLE t (a INT) WITH (connector = 'blackhole');
CREATE TABLE t (a INT) PARTITIONED BY (a);
CREATE TABLE t (a INT, b TIMESTAMP) PARTITIONED BY (a, date_format(b, '%Y')) WITH (connector = 'filesystem', path = '/tmp');
CREATE TABLE t (a INT) WITH (
  'source.regex_pattern' = 'x*', source.regex_pattern = 'x*', "quoted key" = 'v', `back` = 'v',
  number = 1, negative = -5, fraction = 1.5, big = 1e6, grouped = 1_000_000, yes = true, no = false,
  idle_timeout = INTERVAL '1 minute', old_style = INTERVAL '1' MINUTE, text_span = '5 seconds',
  list = ['a', 'b'], numbers = ARRAY[1, 2, 3], empty = [], nested = [[1, 2], [3]], mixed = ['a', 1, true, INTERVAL '1 s']);
CREATE TABLE t (a INT) WITH (table = 't', limit = 5, order = 'x', select = 1, format = 'csv', key.format = 'raw', value.fields.include = 'all', end = 'e', user = 'u', type = 'sink', from = 'x');
CREATE TABLE t (a INT) WITH (path = e'tab\there');
CREATE TABLE t WITH (connector = 'filesystem', path = 'x.parquet');
CREATE TABLE t AS SELECT 1 AS a;
CREATE TABLE t WITH (connector = 'stdout') AS SELECT a, b FROM s WHERE a > 1;
CREATE TABLE t (a INT, b TEXT) WITH (connector = 'stdout') AS SELECT a, b FROM s;
CREATE TABLE t AS WITH x AS (SELECT 1 AS a) SELECT * FROM x;
CREATE TABLE t AS VALUES (1, 'a'), (2, 'b');
CREATE TABLE t AS SELECT count(*) AS n FROM s EMIT CHANGES;
CREATE TABLE "select" ("from" INT, `where` TEXT, "a ""b""" INT);
CREATE TABLE function (id INT);
CREATE TABLE table1 (primary TEXT, key TEXT, metadata TEXT, generated TEXT, stored TEXT, always TEXT);
DROP TABLE t;
DROP TABLE IF EXISTS db.t;
