-- Literals.
SELECT 1, -1, +1, 1.5, .5, 1., 1e5, 1.5E-3, 1_000_000, 0xff, 0XFF00, 00012, 9223372036854775807, 99999999999999999999;
SELECT 'a', '', 'it''s', 'über 日本 😀', 'two
lines', 'back\slash', '-- no comment', '/* nor this */', 'a;b';
SELECT e'a\n\t\\b', e'it\'s', E'\u00e9', U&'\00e9', U&'d!0061t' UESCAPE '!', N'x';
SELECT x'0aff', X'', x'00';
SELECT 'a'
  'b' -- continued
  'c' AS joined;
SELECT true, false, TRUE, null, NULL;
SELECT DATE '2024-01-31', TIME '10:20:30', TIME '10:20:30.123', TIMESTAMP '2024-01-31 10:20:30', TIMESTAMP '2024-01-31 10:20:30.123456';
SELECT INTERVAL '1 minute', INTERVAL '1 hour 30 minutes', INTERVAL '10 s', INTERVAL '500 ms', INTERVAL '10 us', INTERVAL '5 seconds';
SELECT INTERVAL '1 day', INTERVAL '2 weeks', INTERVAL '3 months', INTERVAL '1 year 6 months', INTERVAL '1 quarter', INTERVAL '2 years';
SELECT INTERVAL '1.5 hours', INTERVAL '-1 day', INTERVAL '1 day 02:30:00', INTERVAL '01:30:00', INTERVAL '1 hour -30 minutes', INTERVAL '0 seconds';
SELECT INTERVAL '1h', INTERVAL '30min', INTERVAL '1d 2h 3m 4s', INTERVAL -'2 days', INTERVAL '100 days', INTERVAL '86401 s';
SELECT INTERVAL '1' MINUTE, INTERVAL '1' HOUR, INTERVAL '100' SECOND, INTERVAL '1.5' SECOND, INTERVAL -'3' DAY, INTERVAL '-3' DAY, INTERVAL '1' WEEK, INTERVAL '2' QUARTER;
SELECT INTERVAL '1-6' YEAR TO MONTH, INTERVAL '1 2:3:4' DAY TO SECOND, INTERVAL '2:30' HOUR TO MINUTE, INTERVAL '1' DAYS, INTERVAL '10' SECONDS, INTERVAL '100' DAY(3);
SELECT INTERVAL 3 DAY, INTERVAL 3 DAYS, INTERVAL a HOUR, INTERVAL (a + 1) MINUTE, INTERVAL t.a SECOND;
SELECT INTERVAL '1 minute' minute, INTERVAL '1 hour' AS hour, at - INTERVAL '1 minute' FROM t;
SELECT ARRAY[1, 2, 3], ARRAY['a'], ARRAY[], [1, 2, 3], ['a', 'b'], [], [[1, 2], [3]], [a, b + 1, f(c)], ARRAY[[1], [2]], [1, 2][1];
SELECT MAP['a', 1, 'b', 2], MAP[], ROW(1, 'a'), (1, 'a'), row(a, b);
SELECT * FROM t WHERE a = 'x' AND b = 1e3 AND c = X'01' AND d > INTERVAL '1 hour' AND e IN ('a', 'b');
