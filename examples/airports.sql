-- Airports per state: an updating query over a CSV file.
--
--     ./laminar run examples/airports.sql
CREATE TABLE airports (
  iata TEXT,
  name TEXT,
  city TEXT,
  state TEXT,
  country TEXT,
  latitude DOUBLE,
  longitude DOUBLE
) WITH (
  connector = 'single_file',
  path = 'examples/data/airports.csv',
  format = 'csv',
  csv.header = true           -- the first line names the columns
);

-- GROUP BY without a window never ends on an endless source: its result is a changelog that says for each state how
-- the count changes. A file ends, so here the final rows can be put in order and cut off.
SELECT state,
       count(*) AS airports,
       min(latitude) AS southernmost,
       max(latitude) AS northernmost
FROM airports
WHERE country = 'USA'
GROUP BY state
ORDER BY airports DESC, state
LIMIT 10;
