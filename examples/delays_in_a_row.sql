-- Patterns over events: airports where delays piled up, four departures or more in a row half an hour late, until one
-- left on time again.
--
--     ./laminar run examples/delays_in_a_row.sql
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

SELECT origin, began, ended, departures, worst, average, recovered
FROM flights MATCH_RECOGNIZE (
  PARTITION BY origin                                        -- every airport for itself,
  ORDER BY departed_at, destination, delay, distance         -- in order of event time; what follows decides between equals
  MEASURES
    FIRST(late.departed_at) AS began,
    LAST(late.departed_at) AS ended,
    COUNT(late.*) AS departures,
    MAX(late.delay) AS worst,
    round(AVG(late.delay), 1) AS average,
    punctual.departed_at AS recovered
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (late{4,} punctual) WITHIN INTERVAL '12' HOUR      -- WITHIN also says how long a match may be waited for
  DEFINE
    late AS late.delay >= 30,
    punctual AS punctual.delay < 15
);
