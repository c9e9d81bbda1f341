-- Queries as people bring them from elsewhere.
CREATE TABLE nexmark WITH (connector = 'nexmark', event_rate = '10');
SELECT bid.auction, hop(INTERVAL '2 seconds', INTERVAL '10 seconds') AS window, count(*) AS num FROM nexmark WHERE bid IS NOT NULL GROUP BY 1, window;
WITH bids AS (SELECT bid.auction AS auction, bid.datetime AS datetime FROM nexmark WHERE bid IS NOT NULL)
SELECT AuctionBids.auction AS auction, AuctionBids.num FROM (
  SELECT B1.auction, HOP(INTERVAL '2' SECOND, INTERVAL '10' SECOND) AS window, count(*) AS num FROM bids B1 GROUP BY 1, 2
) AS AuctionBids JOIN (SELECT max(num) AS maxn, window FROM x GROUP BY 2) AS MaxBids
ON AuctionBids.num = MaxBids.maxn AND AuctionBids.window = MaxBids.window;
SELECT channel, DATE_FORMAT(dateTime, 'yyyy-MM-dd') AS `day`, count(*) FILTER (WHERE price < 10000) AS rank1_bids,
  count(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bidders
FROM bid GROUP BY channel, DATE_FORMAT(dateTime, 'yyyy-MM-dd');
SELECT P.id, P.name, P.starttime FROM (
  SELECT id, name, window_start AS starttime, window_end AS endtime
  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(dateTime), INTERVAL '10' SECOND))
  GROUP BY id, name, window_start, window_end) P
JOIN (SELECT seller, window_start AS starttime FROM auction) A ON P.id = A.seller AND P.starttime = A.starttime;
SELECT auction, bidder, price, CASE WHEN HOUR(dateTime) >= 8 AND HOUR(dateTime) <= 18 THEN 'dayTime' ELSE 'otherTime' END AS bidTimeType, extra, SPLIT_INDEX(url, '/', 3) AS dir1 FROM bid WHERE MOD(auction, 123) = 0;
SELECT B.auction, B.price FROM bid B JOIN side_input FOR SYSTEM_TIME AS OF B.p_time AS S ON mod(B.auction, 10000) = S.key;
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC) AS rank_number FROM bid) WHERE rank_number <= 1;
SELECT a FROM t window, u WINDOW w AS (ORDER BY a);
SELECT x.window.start FROM (SELECT tumble(INTERVAL '1 s') AS window FROM t GROUP BY 1) x;
SELECT extract(hour FROM ts) hour, a filter, count(*) FILTER (WHERE a) AS filter FROM t;
SELECT payload ->> 'user' AS user, (payload -> 'items' ->> 0)::json ? 'sku' AS known, sum((payload ->> 'amount')::decimal(10, 2)) FROM events GROUP BY payload ->> 'user' HAVING sum((payload ->> 'amount')::numeric) > 100.0;
INSERT INTO sink SELECT date_trunc('minute', at)::text AS minute, host, avg(value) FROM metrics WHERE name ~* '^cpu[.]' AND NOT host LIKE 'test-%' GROUP BY 1, 2 EMIT EVERY INTERVAL '5 seconds';
SELECT date '2020-01-01' + interval '1' day, interval '1' day + date '2020-01-01', cast(a AS date) date, "end" FROM t;
