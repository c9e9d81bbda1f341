package io.laminar.execution.user;

import io.laminar.spi.batch.Column;
import io.laminar.spi.function.UserFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starts calls of an asynchronous function. */
public final class AsyncCall {
    private final Method eval;
    private final RowArguments arguments;

    public AsyncCall(UserFunction function) {
        this.eval = UserMethods.eval(function);
        this.arguments = new RowArguments(function, eval, 0);
    }

    /** Whether the function is not called for a row because it takes a primitive where the row has NULL. */
    public boolean refusesNull(Column[] columns, int row) {
        return arguments.refusesNull(columns, row);
    }

    /**
     * Calls the function for a row.
     *
     * @throws Throwable whatever it throws
     */
    public CompletionStage<?> start(Column[] columns, int row) throws Throwable {
        Object[] values = new Object[columns.length];
        arguments.read(columns, row, values);
        try {
            return (CompletionStage<?>)
                    Objects.requireNonNull(eval.invoke(null, values), "eval gave no CompletionStage");
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** What failed, without what futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
