package io.laminar.sqltests.oracle;

import io.laminar.sqltests.oracle.PickedQueries.Pair;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** All generators, and what the queries they draw are made of. A seed always draws the same query of a generator. */
enum RandomQueries {
    /** Filters, expressions, groups, groups of groups, rankings. */
    GROUPS(2) {
        @Override
        Pair draw(long seed) {
            return same(new RandomQuery(seed).next());
        }
    },
    /** Joins, subqueries, set operations, grouping sets, UNNEST. */
    RELATIONS(6) {
        @Override
        Pair draw(long seed) {
            return same(new RandomRelationalQuery(seed).next());
        }
    },
    /** All operators on top of each other. */
    NESTED(6) {
        @Override
        Pair draw(long seed) {
            return same(new RandomNestedQuery(seed).next());
        }
    },
    /** Functions OVER rows. */
    OVER(2) {
        @Override
        Pair draw(long seed) {
            return same(new RandomOverQuery(seed).next());
        }
    },
    /** Windows, interval and ASOF joins. */
    TIMED(2) {
        @Override
        Pair draw(long seed) {
            return new RandomTimedQuery(seed).next();
        }
    },
    /** Scalar functions and operators. */
    SCALARS(2) {
        @Override
        Pair draw(long seed) {
            return same(new RandomScalarQuery(seed).next());
        }
    };

    private static final int PARTS = 20;

    private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

    static {
        kind("inner join", "(?<!LEFT|RIGHT|FULL|SEMI|ANTI|CROSS|ASOF) JOIN (?!LATERAL)");
        kind("left join", "LEFT JOIN");
        kind("right join", "RIGHT JOIN");
        kind("full join", "FULL JOIN");
        kind("semi join", "SEMI JOIN");
        kind("anti join", "ANTI JOIN");
        kind("cross join", "CROSS JOIN");
        kind("join on NULL", "ON [^()]*IS NOT DISTINCT FROM");
        kind("lateral", "LATERAL");
        kind("ASOF join", "ASOF JOIN");
        kind("interval join", "departed_at BETWEEN a\\.departed_at");
        kind("IN (query)", "(?<!NOT) IN \\(SELECT");
        kind("NOT IN (query)", "NOT IN \\(SELECT");
        kind("EXISTS", "(?<!NOT )EXISTS");
        kind("NOT EXISTS", "NOT EXISTS");
        kind("ANY, ALL", "(ANY|[<>=] ALL) \\(SELECT");
        kind("scalar query", "([<>=] |SELECT |, |THEN )\\(SELECT [^()]*\\(");
        kind("correlated", "\\.k = (a|q\\d+)\\.k\\)");
        kind("UNION", "UNION");
        kind("INTERSECT", "INTERSECT");
        kind("EXCEPT", "EXCEPT");
        kind("... ALL", "(UNION|INTERSECT|EXCEPT) ALL");
        kind("WITH", "WITH");
        kind("DISTINCT", "SELECT DISTINCT");
        kind("grouping sets", "ROLLUP|CUBE|GROUPING SETS");
        kind("nested groups", "GROUP BY.*GROUP BY");
        kind("HAVING", "HAVING");
        kind("FILTER", "FILTER \\(WHERE");
        kind("aggregate DISTINCT", "\\(DISTINCT ");
        kind("Top-N", "(ROW_NUMBER|row_number|RANK)\\(\\) OVER .*WHERE \\(?r ");
        kind("ORDER BY, LIMIT", "LIMIT");
        kind("UNNEST", "(?i)UNNEST\\(");
        kind("OVER", "\\) OVER \\(");
        kind("window", "(tumble|hop|cumulate)\\(");
    }

    private final int part;

    RandomQueries(int part) {
        this.part = part;
    }

    abstract Pair draw(long seed);

    /** How many of so many queries this generator draws. */
    int share(int queries) {
        return Math.max(1, queries * part / PARTS);
    }

    /** Counts for each kind of thing the queries that have it, Laminar's texts taken. */
    static Map<String, Integer> kinds(long firstSeed, int queries) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        KINDS.keySet().forEach(kind -> counts.put(kind, 0));
        for (RandomQueries generator : values()) {
            for (int i = 0; i < generator.share(queries); i++) {
                String sql = generator.draw(firstSeed + i).laminar();
                KINDS.forEach((kind, pattern) -> {
                    if (pattern.matcher(sql).find()) {
                        counts.merge(kind, 1, Integer::sum);
                    }
                });
            }
        }
        return counts;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Pair same(String sql) {
        return new Pair(sql, sql);
    }

    private static void kind(String name, String pattern) {
        KINDS.put(name, Pattern.compile(pattern));
    }
}
