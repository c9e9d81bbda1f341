package io.laminar.cli;

import io.laminar.spi.error.LaminarException;
import java.util.List;

/** A SQL text has errors. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SqlSource source;
    private final transient List<LaminarException> errors;

    public SqlFailure(SqlSource source, List<LaminarException> errors, Throwable cause) {
        super(cause);
        this.source = source;
        this.errors = List.copyOf(errors);
    }

    public SqlSource source() {
        return source;
    }

    public List<LaminarException> errors() {
        return errors;
    }
}
