package io.laminar.spi.function;

import io.laminar.spi.type.DataType;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function that CREATE FUNCTION declared, compiled. It travels with the plan to where it is called. A table function
 * is called as one whose result is an array of rows.
 *
 * @param result the type of the value, or of one row of a table function
 * @param calls how an asynchronous function is called; of no meaning for the others
 * @param skipsRows whether a row for which the function fails is left out, instead of failing the job
 */
public record UserFunction(
        String name,
        Kind kind,
        List<Parameter> parameters,
        DataType result,
        AsyncCalls calls,
        UserCode code,
        boolean skipsRows)
        implements Serializable {
    public UserFunction {
        parameters = List.copyOf(parameters);
    }

    /** What the function computes from what. */
    public enum Kind {
        /** One value from the values of a row. */
        SCALAR,
        /** One value from the values of many rows. */
        AGGREGATE,
        /** Any number of rows from the values of a row. */
        TABLE,
        /** One value from the values of a row, later. */
        ASYNC
    }

    /** A parameter by its name in the declaration. */
    public record Parameter(String name, DataType type) implements Serializable {}

    /** The type of a call: for a table function an array of rows. */
    public DataType callType() {
        return kind == Kind.TABLE ? new DataType.ListType(result) : result;
    }

    /** Name and parameter types, for example {@code haversine(DOUBLE, DOUBLE)}. */
    public String signature() {
        return parameters.stream().map(p -> p.type().sql()).collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** The same function that leaves out rows for which it fails. */
    public UserFunction skippingRows() {
        return new UserFunction(name, kind, parameters, result, calls, code, true);
    }
}
