package io.laminar.sql;

import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.stream.Collectors;

/** All errors of a SQL text, in the order of their places. */
public final class PipelineErrors extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<LaminarException> errors;

    public PipelineErrors(List<LaminarException> errors) {
        super(errors.stream().map(LaminarException::describe).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
        errors.forEach(this::addSuppressed);
    }

    public List<LaminarException> errors() {
        return errors;
    }
}
