-- From one file to many: the long delays of each day as JSON files in a folder per day.
--
--     ./laminar run examples/routes_to_json.sql
--     ls examples/out/late
CREATE TABLE flights (
  departed_at TIMESTAMP NOT NULL,
  delay INT,
  distance INT,
  origin TEXT,
  destination TEXT,
  WATERMARK FOR departed_at
) WITH (
  connector = 'single_file',
  path = 'examples/data/flights.ndjson',
  format = 'json'
);

-- Files become visible when a checkpoint commits them, so a reader of the folder sees every row once, whatever happens
-- to this program in between.
CREATE TABLE late (
  day TEXT,
  route TEXT,
  flights BIGINT,
  average_delay DOUBLE
) WITH (
  connector = 'filesystem',
  path = 'examples/out/late',
  format = 'json'
) PARTITIONED BY (day);

INSERT INTO late
SELECT date_format(window.start, '%Y-%m-%d'),
       origin || '-' || destination,
       count(*),
       avg(delay)
FROM (SELECT tumble(INTERVAL '1 day') AS window, origin, destination, delay FROM flights WHERE delay > 60)
GROUP BY window, origin, destination
HAVING count(*) > 1;
