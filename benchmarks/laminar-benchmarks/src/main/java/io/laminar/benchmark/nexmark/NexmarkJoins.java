package io.laminar.benchmark.nexmark;

import static io.laminar.benchmark.nexmark.NexmarkQuery.both;

/** Those queries of Nexmark that join streams or rank rows. */
final class NexmarkJoins {

    static final NexmarkQuery Q3 = both("q3", "local items: auctions of category 10 with sellers of three states", """
            SELECT P.name, P.city, P.state, A.id
            FROM auction AS A INNER JOIN person AS P ON A.seller = P.id
            WHERE A.category = 10 AND (P.state = 'OR' OR P.state = 'ID' OR P.state = 'CA')
            """);

    /** Flink's AVG of integers is an integer. */
    static final NexmarkQuery Q4 = new NexmarkQuery(
            "q4", "average closing price per category", q4("trunc(AVG(Q.final))"), q4("AVG(Q.final)"), true);

    static final NexmarkQuery Q5 = both("q5", "hot items: auctions with the most bids of each window", """
            SELECT AuctionBids.auction, AuctionBids.num
            FROM (SELECT auction, count(*) AS num, window_start AS starttime, window_end AS endtime
                  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                  GROUP BY auction, window_start, window_end) AS AuctionBids
            JOIN (SELECT max(CountBids.num) AS maxn, CountBids.starttime, CountBids.endtime
                  FROM (SELECT count(*) AS num, window_start AS starttime, window_end AS endtime
                        FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                        GROUP BY auction, window_start, window_end) AS CountBids
                  GROUP BY CountBids.starttime, CountBids.endtime) AS MaxBids
            ON AuctionBids.starttime = MaxBids.starttime AND AuctionBids.endtime = MaxBids.endtime
               AND AuctionBids.num >= MaxBids.maxn
            """);

    static final NexmarkQuery Q7 = both("q7", "highest bid of each 10 s", """
            SELECT B.auction, B.price, B.bidder, B.`dateTime`, B.extra
            FROM bid B
            JOIN (SELECT MAX(price) AS maxprice, window_end AS `dateTime`
                  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY window_start, window_end) B1
            ON B.price = B1.maxprice
            WHERE B.`dateTime` BETWEEN B1.`dateTime` - INTERVAL '10' SECOND AND B1.`dateTime`
            """);

    static final NexmarkQuery Q8 = both("q8", "new users who sell within the same 10 s", """
            SELECT P.id, P.name, P.starttime
            FROM (SELECT id, name, window_start AS starttime, window_end AS endtime
                  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY id, name, window_start, window_end) P
            JOIN (SELECT seller, window_start AS starttime, window_end AS endtime
                  FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                  GROUP BY seller, window_start, window_end) A
            ON P.id = A.seller AND P.starttime = A.starttime AND P.endtime = A.endtime
            """);

    static final NexmarkQuery Q9 = both("q9", "winning bids", """
            SELECT id, itemName, description, initialBid, reserve, `dateTime`, expires, seller, category, extra,
                   auction, bidder, price, bid_dateTime, bid_extra
            FROM (SELECT A.*, B.auction, B.bidder, B.price, B.`dateTime` AS bid_dateTime, B.extra AS bid_extra,
                         ROW_NUMBER() OVER (PARTITION BY A.id ORDER BY B.price DESC, B.`dateTime` ASC) AS rownum
                  FROM auction A, bid B
                  WHERE A.id = B.auction AND B.`dateTime` BETWEEN A.`dateTime` AND A.expires)
            WHERE rownum <= 1
            """);

    static final NexmarkQuery Q13 = new NexmarkQuery("q13", "bids with a value looked up by key", """
            SELECT B.auction, B.bidder, B.price, B.`dateTime`, S.`value`
            FROM bid AS B JOIN side_input AS S ON S.`key` = MOD(B.auction, 10000)
            """, """
            SELECT B.auction, B.bidder, B.price, B.`dateTime`, S.`value`
            FROM (SELECT *, PROCTIME() AS p_time FROM bid) AS B
            JOIN side_input FOR SYSTEM_TIME AS OF B.p_time AS S ON MOD(B.auction, 10000) = S.`key`
            """, true);

    static final NexmarkQuery Q18 = both("q18", "last bid of each bidder on each auction", """
            SELECT auction, bidder, price, channel, url, `dateTime`, extra
            FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY `dateTime` DESC) AS rank_number
                  FROM bid)
            WHERE rank_number <= 1
            """);

    static final NexmarkQuery Q19 = both("q19", "ten highest bids of each auction", """
            SELECT *
            FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number FROM bid)
            WHERE rank_number <= 10
            """);

    static final NexmarkQuery Q20 = both("q20", "bids with their auctions of category 10", """
            SELECT auction, bidder, price, channel, url, B.`dateTime` AS bid_time, B.extra AS bid_extra,
                   itemName, description, initialBid, reserve, A.`dateTime` AS auction_time, expires, seller, category,
                   A.extra AS auction_extra
            FROM bid AS B INNER JOIN auction AS A ON B.auction = A.id
            WHERE A.category = 10
            """);

    static final NexmarkQuery Q23 = both("q23", "bids of people who also sell, with person and auction", """
            SELECT bidder, price, channel, url, B.extra AS bid_extra, P.id AS person_id, name, emailAddress,
                   creditCard, city, state, P.extra AS person_extra, itemName, description, initialBid, reserve,
                   A.`dateTime` AS auction_time, expires, seller, category, A.extra AS auction_extra
            FROM bid B
            JOIN person P ON P.id = B.bidder
            JOIN auction A ON A.seller = B.bidder
            """);

    private NexmarkJoins() {}

    private static String q4(String average) {
        return """
               SELECT Q.category, %s AS price
               FROM (SELECT MAX(B.price) AS final, A.category
                     FROM auction A, bid B
                     WHERE A.id = B.auction AND B.`dateTime` BETWEEN A.`dateTime` AND A.expires
                     GROUP BY A.id, A.category) Q
               GROUP BY Q.category
               """.formatted(average);
    }
}
