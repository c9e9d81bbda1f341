-- Delays in sliding windows: for every hour, how the six hours before it went at Chicago O'Hare.
--
--     ./laminar run examples/flights_delays.sql
CREATE TABLE flights (
  departed_at TIMESTAMP NOT NULL,
  delay INT,
  origin TEXT,
  WATERMARK FOR departed_at
) WITH (
  connector = 'single_file',
  path = 'examples/data/flights.ndjson',
  format = 'json'             -- fields that no column asks for are skipped, not parsed
);

-- `hop(slide, width)`: windows six hours wide, a new one every hour, so each flight counts in six of them.
-- FILTER lets one aggregate see fewer rows than the others. 100e0 is a DOUBLE: 100 would make it whole numbers, which
-- divide to whole numbers, and 100.0 exact decimals.
SELECT hop(INTERVAL '1 hour', INTERVAL '6 hours') AS window,
       count(*) AS departures,
       count(*) FILTER (WHERE delay > 15) AS late,
       round(100e0 * count(*) FILTER (WHERE delay > 15) / count(*), 1) AS late_percent,
       max(delay) AS worst
FROM flights
WHERE origin = 'ORD'
GROUP BY window
HAVING count(*) >= 10;        -- leave out the quiet hours of the night
