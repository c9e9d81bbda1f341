package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType.Scalar;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Counter;

/** What happens to rows that the database does not take. Rows left out are counted when their transaction is final. */
final class RefusedRows {
    static final String COUNTER = "bad_records";
    private static final int SHOWN = 300;

    private final SinkSettings settings;
    private final Counter counter;
    private int dropped;

    RefusedRows(SinkSettings settings, Counter counter) {
        this.settings = settings;
        this.counter = counter;
    }

    /** @throws LaminarException ROW_REFUSED unless such rows are dropped */
    void refuse(Batch row, SQLException reason) {
        if (settings.badData() == BadDataPolicy.DROP) {
            dropped++;
            return;
        }
        throw new LaminarException(
                ErrorCode.ROW_REFUSED,
                "table '" + settings.name() + "': the database refuses the row with " + describe(row) + ": "
                        + JdbcErrors.withDetail(reason),
                null,
                "bad_data = 'drop' leaves such rows out",
                reason);
    }

    private String describe(Batch row) {
        List<Integer> columns = settings.key().isEmpty()
                ? IntStream.range(0, row.width()).boxed().toList()
                : settings.key();
        String text = columns.stream()
                .map(c -> settings.schema().field(c).name() + " = " + value(row, c))
                .collect(Collectors.joining(", "));
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private String value(Batch row, int column) {
        Object value = Values.read(settings.schema().type(column), row.column(column), 0);
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        boolean text = settings.schema().type(column) == Scalar.TEXT && value != null;
        return text ? "'" + value + "'" : String.valueOf(value);
    }

    /** The transaction is final. */
    void settle() {
        counter.inc(dropped);
        dropped = 0;
    }

    /** The transaction starts anew. */
    void forget() {
        dropped = 0;
    }
}
