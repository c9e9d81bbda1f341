package io.laminar.execution.user;

import io.laminar.spi.error.LaminarException;

/** A user function failed for a row that is to be left out. */
public final class RowFailure extends RuntimeException {

    RowFailure(LaminarException failure) {
        super(failure.getMessage(), failure);
    }
}
