-- The busiest airports of every day, from 20,000 real flights of 2001.
--
--     ./laminar run examples/flights.sql
--
-- A table says where rows come from and what they look like. The columns are bound to the fields of each JSON line by
-- name. WATERMARK makes `departed_at` the event time: the query below goes by when flights departed, not by when this
-- program happens to read them. The file is in departure order, so nothing has to be waited for.
CREATE TABLE flights (
  departed_at TIMESTAMP NOT NULL,
  delay INT,                  -- minutes; negative means early
  distance INT,               -- miles
  origin TEXT,
  destination TEXT,
  WATERMARK FOR departed_at
) WITH (
  connector = 'single_file',
  path = 'examples/data/flights.ndjson',
  format = 'json'
);

-- One row per day and airport. `tumble` puts each flight into the day it belongs to; the alias `day` is a struct with
-- a start and an end, and it is grouped by like any other column.
CREATE VIEW departures AS
SELECT tumble(INTERVAL '1 day') AS day,
       origin,
       count(*) AS flights,
       round(avg(delay), 1) AS average_delay
FROM flights
GROUP BY day, origin;

-- The first three of every day. When the watermark passes midnight the day is complete, and its rows leave at once:
-- on an endless source this query would print a day's ranking every day. A SELECT without INSERT goes to the terminal.
SELECT day.start::DATE AS day, place, origin, flights, average_delay
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY day ORDER BY flights DESC, origin) AS place
  FROM departures
)
WHERE place <= 3;
