package io.laminar.sqltests.oracle;

import static org.junit.jupiter.api.Assertions.fail;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Queries of one generator to which DuckDB has no answer. Each is replaced by another one; too many fail the test. */
final class PassedOver {
    /** One of so many queries may be passed over. */
    private static final int PARTS = 50;

    private final int most;
    private int count;
    private @Nullable String first;

    PassedOver(int queries) {
        // A single one shows nothing, also where 2% are less.
        this.most = Math.max(1, queries / PARTS);
    }

    int count() {
        return count;
    }

    void add(String query, SQLException failure) {
        count++;
        if (first == null) {
            first = failure.getMessage() + "; " + query;
        }
        if (count > most) {
            fail("DuckDB fails for more than " + most + " queries, the first: " + first, failure);
        }
    }

    void print(RandomQueries generator) {
        if (count > 0) {
            System.out.println(generator + ": DuckDB failed for " + count + ", the first: " + first);
        }
    }
}
