package io.laminar.benchmark.nexmark;

import static io.laminar.benchmark.nexmark.NexmarkQuery.both;

import java.util.List;

/** The queries of Nexmark, and parts of two of them. */
public final class NexmarkQueries {
    private static final String Q10 = """
            SELECT auction, bidder, price, `dateTime`, extra,
                   DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS dt, DATE_FORMAT(`dateTime`, 'HH:mm') AS hm
            FROM bid
            """;

    private static final String Q12 = """
            SELECT bidder, count(*) AS bid_count,
                   TUMBLE_START(p_time, INTERVAL '10' SECOND) AS starttime,
                   TUMBLE_END(p_time, INTERVAL '10' SECOND) AS endtime
            FROM (SELECT bidder, PROCTIME() AS p_time FROM bid)
            GROUP BY bidder, TUMBLE(p_time, INTERVAL '10' SECOND)
            """;

    private static final String BIDS_BY_PRICE = """
            count(*) AS total_bids,
            count(*) FILTER (WHERE price < 10000) AS rank1_bids,
            count(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bids,
            count(*) FILTER (WHERE price >= 1000000) AS rank3_bids
            """;

    private static final String DISTINCT_BY_PRICE = """
            count(DISTINCT bidder) AS total_bidders,
            count(DISTINCT bidder) FILTER (WHERE price < 10000) AS rank1_bidders,
            count(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bidders,
            count(DISTINCT bidder) FILTER (WHERE price >= 1000000) AS rank3_bidders,
            count(DISTINCT auction) AS total_auctions,
            count(DISTINCT auction) FILTER (WHERE price < 10000) AS rank1_auctions,
            count(DISTINCT auction) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_auctions,
            count(DISTINCT auction) FILTER (WHERE price >= 1000000) AS rank3_auctions
            """;

    /** Written the same way in both dialects where possible. */
    public static final List<NexmarkQuery> ALL = List.of(
            both("q0", "pass through", "SELECT auction, bidder, price, `dateTime`, extra FROM bid"),
            both(
                    "q1",
                    "currency conversion",
                    "SELECT auction, bidder, 0.908 * price AS price, `dateTime`, extra FROM bid"),
            both("q2", "filter", "SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0"),
            NexmarkJoins.Q3,
            NexmarkJoins.Q4,
            NexmarkJoins.Q5,
            NexmarkJoins.Q7,
            NexmarkJoins.Q8,
            NexmarkJoins.Q9,
            new NexmarkQuery("q10", "log of bids in files per minute", Q10, Q10, NexmarkQuery.Sink.FILES, true),
            both("q11", "bids per bidder and session", """
                    SELECT bidder, count(*) AS bid_count,
                           SESSION_START(`dateTime`, INTERVAL '10' SECOND) AS starttime,
                           SESSION_END(`dateTime`, INTERVAL '10' SECOND) AS endtime
                    FROM bid GROUP BY bidder, SESSION(`dateTime`, INTERVAL '10' SECOND)
                    """),
            new NexmarkQuery("q12", "bids per bidder and 10 s of processing time", Q12, Q12, false),
            NexmarkJoins.Q13,
            new NexmarkQuery(
                    "q14",
                    "calculation",
                    q14("char_length(extra) - char_length(replace(extra, 'c', ''))"),
                    q14("count_char(extra, 'c')"),
                    true),
            both(
                    "q15",
                    "bidding statistics per day",
                    "SELECT DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS `day`, " + BIDS_BY_PRICE + "," + DISTINCT_BY_PRICE
                            + " FROM bid GROUP BY DATE_FORMAT(`dateTime`, 'yyyy-MM-dd')"),
            both(
                    "q16",
                    "channel statistics per day",
                    "SELECT channel, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS `day`,"
                            + " max(DATE_FORMAT(`dateTime`, 'HH:mm')) AS `minute`, " + BIDS_BY_PRICE + ","
                            + DISTINCT_BY_PRICE
                            + " FROM bid GROUP BY channel, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd')"),
            new NexmarkQuery("q17", "auction statistics per day", q17("trunc(avg(price))"), q17("avg(price)"), true),
            NexmarkJoins.Q18,
            NexmarkJoins.Q19,
            NexmarkJoins.Q20,
            both("q21", "channel ids", """
                    SELECT auction, bidder, price, channel,
                           CASE WHEN lower(channel) = 'apple' THEN '0'
                                WHEN lower(channel) = 'google' THEN '1'
                                WHEN lower(channel) = 'facebook' THEN '2'
                                WHEN lower(channel) = 'baidu' THEN '3'
                                ELSE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2)
                           END AS channel_id
                    FROM bid
                    WHERE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2) IS NOT NULL
                       OR lower(channel) IN ('apple', 'google', 'facebook', 'baidu')
                    """),
            both("q22", "directories of the URL", """
                    SELECT auction, bidder, price, channel, SPLIT_INDEX(url, '/', 3) AS dir1,
                           SPLIT_INDEX(url, '/', 4) AS dir2, SPLIT_INDEX(url, '/', 5) AS dir3
                    FROM bid
                    """),
            NexmarkJoins.Q23);

    /** The joins whose state grows. */
    public static final List<NexmarkQuery> JOINS =
            List.of(NexmarkJoins.Q3, NexmarkJoins.Q4, NexmarkJoins.Q9, NexmarkJoins.Q20, NexmarkJoins.Q23);

    /** The windows inside two queries, alone. */
    public static final List<NexmarkQuery> PARTS = List.of(
            both("q5_hop", "bids per auction in hops of 2 s over 10 s", """
                    SELECT auction, count(*) AS num, window_start, window_end
                    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                    GROUP BY auction, window_start, window_end
                    """),
            both("q7_max", "highest price per 10 s", """
                    SELECT MAX(price) AS maxprice, window_start, window_end
                    FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
                    GROUP BY window_start, window_end
                    """));

    private NexmarkQueries() {}

    /**
     * Bids of 1,000 groups in hops of one second: a wider window gives no more rows then, so that only the work of
     * keeping more panes differs.
     */
    public static String groupedHop(int width) {
        return """
               WITH grouped AS (SELECT MOD(auction, 1000) AS grp, `dateTime` FROM bid)
               SELECT grp, count(*) AS num, window_start, window_end
               FROM TABLE(HOP(TABLE grouped, DESCRIPTOR(`dateTime`), INTERVAL '1' SECOND, INTERVAL '%d' SECOND))
               GROUP BY grp, window_start, window_end
               """.formatted(width);
    }

    /** Flink's AVG of integers is an integer. */
    private static String q17(String average) {
        return "SELECT auction, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS `day`, " + BIDS_BY_PRICE + ","
                + " min(price) AS min_price, max(price) AS max_price, " + average + " AS avg_price,"
                + " sum(price) AS sum_price"
                + " FROM bid GROUP BY auction, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd')";
    }

    private static String q14(String countOfC) {
        return """
                SELECT auction, bidder, 0.908 * price AS price,
                       CASE WHEN HOUR(`dateTime`) >= 8 AND HOUR(`dateTime`) <= 18 THEN 'dayTime'
                            WHEN HOUR(`dateTime`) <= 6 OR HOUR(`dateTime`) >= 20 THEN 'nightTime'
                            ELSE 'otherTime' END AS bidTimeType,
                       `dateTime`, extra, %s AS c_counts
                FROM bid
                WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000
                """.formatted(countOfC);
    }
}
