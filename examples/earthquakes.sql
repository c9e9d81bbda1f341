-- A week of earthquakes, newest first: how to go by event time when rows do not come in its order.
--
--     ./laminar run examples/earthquakes.sql
CREATE TABLE earthquakes (
  id TEXT,
  time_ms BIGINT,
  magnitude DOUBLE,
  place TEXT,
  felt INT,                                        -- how many people reported it; NULL where nobody did
  location STRUCT<longitude DOUBLE, latitude DOUBLE, depth_km DOUBLE>,

  -- The file has milliseconds since 1970; a generated column makes a timestamp of them.
  at TIMESTAMP GENERATED ALWAYS AS (to_timestamp_millis(time_ms)) STORED,

  -- The watermark says how long to wait for rows that are behind. This file runs from the newest quake to the oldest,
  -- so the last row is a week behind the first one. With a delay of five seconds nearly all rows would be late: they
  -- would be counted as such and left out. Eight days are enough for all of them.
  WATERMARK FOR at AS at - INTERVAL '8 days'
) WITH (
  connector = 'single_file',
  path = 'examples/data/earthquakes.ndjson',
  format = 'json'
);

SELECT window.start::DATE AS day,
       count(*) AS quakes,
       max(magnitude) AS strongest,
       round(avg(location.depth_km), 1) AS average_depth_km,
       coalesce(sum(felt), 0) AS reports
FROM (SELECT tumble(INTERVAL '1 day') AS window, magnitude, location, felt FROM earthquakes)
GROUP BY window;
