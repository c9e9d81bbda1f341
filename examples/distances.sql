-- Flights by distance, computed from the airports' positions: functions of your own, in Java.
--
--     ./laminar run examples/distances.sql

-- A scalar function is a public static method `eval`. It takes primitives, so it is not called where an argument is NULL.
CREATE FUNCTION haversine(lat1 DOUBLE, lon1 DOUBLE, lat2 DOUBLE, lon2 DOUBLE) RETURNS DOUBLE LANGUAGE java AS $$
  private static final double EARTH_KM = 6371.0;

  public static double eval(double lat1, double lon1, double lat2, double lon2) {
    double dLat = Math.toRadians(lat2 - lat1);
    double dLon = Math.toRadians(lon2 - lon1);
    double h = Math.pow(Math.sin(dLat / 2), 2)
        + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * Math.pow(Math.sin(dLon / 2), 2);
    return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
  }
$$;

-- An aggregate over all values of a group: the middle half of them, without what lies outside.
CREATE AGGREGATE FUNCTION interquartile_range(v DOUBLE) RETURNS DOUBLE LANGUAGE java AS $$
  import java.util.*;

  public static Double eval(List<Double> values) {
    if (values.isEmpty()) return null;
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() * 3 / 4) - sorted.get(sorted.size() / 4);
  }
$$;

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
  csv.header = true
);

-- How far the airports of each state are from Chicago O'Hare.
SELECT state,
       count(*) AS airports,
       round(min(haversine(latitude, longitude, 41.9786, -87.9048))) AS nearest_km,
       round(max(haversine(latitude, longitude, 41.9786, -87.9048))) AS farthest_km,
       round(interquartile_range(haversine(latitude, longitude, 41.9786, -87.9048))) AS middle_half_km
FROM airports
WHERE country = 'USA'
GROUP BY state
ORDER BY farthest_km DESC, state
LIMIT 10;
