package io.laminar.connector.jdbc;

import io.laminar.connector.jdbc.source.Scan;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import org.jspecify.annotations.Nullable;

/** Tables that are read. */
final class SourceTables {

    private SourceTables() {}

    /** @throws LaminarException for options that contradict each other */
    static Scan scan(TableDescriptor table) {
        OptionValues options = table.options();
        String query = JdbcOptions.text(options, JdbcOptions.QUERY);
        String named = JdbcOptions.text(options, JdbcOptions.TABLE);
        if ((query == null) == (named == null)) {
            throw refused(
                    query == null ? ErrorCode.MISSING_OPTION : ErrorCode.INVALID_OPTION,
                    "a source has either a table or a query",
                    "table = 'customers', or query = 'SELECT ...'");
        }
        long parts = options.integer(JdbcOptions.PARTITION_NUM);
        long fetch = options.integer(JdbcOptions.FETCH_SIZE);
        if (parts < 1 || parts > 100_000 || fetch < 1 || fetch > 1_000_000) {
            throw refused(ErrorCode.INVALID_OPTION, "partition.num and source.fetch_size are numbers from 1 on", null);
        }
        return new Scan(
                table.name(),
                JdbcOptions.database(options),
                query != null ? "(" + query.strip().replaceAll(";$", "") + ")" : String.valueOf(named),
                table.schema(),
                JdbcOptions.text(options, JdbcOptions.PARTITION_COLUMN),
                (int) parts,
                (int) fetch,
                table.filter().conditions());
    }

    private static LaminarException refused(ErrorCode code, String reason, @Nullable String hint) {
        return new LaminarException(code, reason, hint);
    }
}
