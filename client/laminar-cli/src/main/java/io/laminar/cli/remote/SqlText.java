package io.laminar.cli.remote;

import io.laminar.cli.SqlFailure;
import io.laminar.cli.SqlSource;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A SQL text that is sent to a server: its errors are shown at their places in the text. */
final class SqlText {
    private final SqlSource source;

    SqlText(SqlSource source) {
        this.source = source;
    }

    String text() {
        return source.text();
    }

    /**
     * Sends it.
     *
     * @throws SqlFailure with the errors that the server finds in it
     */
    <T> T send(Supplier<T> call) {
        try {
            return call.get();
        } catch (LaminarException e) {
            List<LaminarException> all = new ArrayList<>(List.of(e));
            for (Throwable further : e.getSuppressed()) {
                if (further instanceof LaminarException known) {
                    all.add(known);
                }
            }
            if (all.stream().noneMatch(error -> error.place() instanceof Place.Sql)) {
                throw e;
            }
            throw failure(all, e);
        }
    }

    SqlFailure failure(List<LaminarException> errors, Throwable cause) {
        return new SqlFailure(source, errors, cause);
    }
}
