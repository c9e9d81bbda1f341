package io.laminar.sqltests.oracle;

import io.laminar.testing.slt.BoundedQuery;
import io.laminar.testing.slt.Engine;
import io.laminar.testing.text.TextRow;
import java.nio.file.Path;
import java.util.List;

/** Laminar with the same table, fed in the simulator. */
final class FlightsOnLaminar {

    private static final String TABLE =
            "CREATE TABLE flights (departed_at TIMESTAMP NOT NULL, delay INT, distance INT, origin TEXT, destination TEXT,"
                    + " WATERMARK FOR departed_at) WITH (connector = 'test', bounded = 'true');";

    private final BoundedQuery queries;

    FlightsOnLaminar(Path flights) {
        this.queries = new BoundedQuery(Engine.laminar(), TABLE, "flights", flights);
    }

    /** @param seed chooses the mode and the interleaving */
    ResultRows query(String sql, long seed) {
        List<TextRow> rows = queries.run(sql, seed);
        return new ResultRows(rows.stream().map(TextRow::values).toList());
    }
}
