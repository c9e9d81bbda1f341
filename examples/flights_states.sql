-- Flights between states per week: each flight is looked up in a table of airports.
--
--     ./laminar run examples/flights_states.sql
CREATE TABLE flights (
  departed_at TIMESTAMP NOT NULL,
  distance INT,
  origin TEXT,
  destination TEXT,
  WATERMARK FOR departed_at
) WITH (
  connector = 'single_file',
  path = 'examples/data/flights.ndjson',
  format = 'json'
);

-- type = 'lookup': the table is no stream but is asked by key. A file is held in memory and read again when it has
-- changed; with connector = 'jdbc' the same query asks a database, and lookup.cache.ttl says how long answers are good.
CREATE TABLE airports (
  iata TEXT,
  name TEXT,
  state TEXT
) WITH (
  connector = 'single_file',
  type = 'lookup',
  path = 'examples/data/airports.csv',
  format = 'csv',
  csv.header = true,
  lookup.cache.ttl = INTERVAL '10 minutes'
);

-- Rows keep their event time through the joins, so that they can be put into windows afterwards.
CREATE VIEW weeks AS
SELECT tumble(INTERVAL '7 days') AS week,
       o.state AS from_state,
       d.state AS to_state,
       count(*) AS flights,
       sum(f.distance) AS miles
FROM flights AS f
JOIN airports AS o ON o.iata = f.origin
JOIN airports AS d ON d.iata = f.destination
WHERE o.state <> d.state
GROUP BY week, o.state, d.state;

-- The two most flown ways between states of each week.
SELECT week.start::DATE AS week, from_state, to_state, flights, miles
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY week ORDER BY flights DESC, from_state, to_state) AS place
  FROM weeks
)
WHERE place <= 2;
