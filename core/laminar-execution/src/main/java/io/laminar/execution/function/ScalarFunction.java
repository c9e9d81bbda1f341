package io.laminar.execution.function;

import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.Volatility;
import io.laminar.spi.type.DataType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;

/**
 * One overload of a scalar function and the static method behind it, checked to fit each other.
 *
 * @param layout what the method's parameters take, in order
 */
public record ScalarFunction(
        Signature signature, Method method, Volatility volatility, NullHandling nulls, List<Slot> layout) {

    /** What a parameter of the method takes. */
    public enum Slot {
        /** The {@link EvaluationContext}. */
        CONTEXT,
        /** The types of the arguments and, last, of the result, as {@code DataType[]}. */
        TYPES,
        /** The next argument. */
        ARGUMENT,
        /** The next argument, which is a Slice, turned into the parameter's type by its {@code prepare}. */
        PREPARED,
        /** All arguments that are left, as an array. */
        REST,
        /** The Slice the result is written to. */
        OUT
    }

    /** Whether the result is written to a Slice rather than returned. */
    public boolean writesSlice() {
        return layout.contains(Slot.OUT);
    }

    static Slot slot(Parameter parameter, int argument, Signature signature) {
        Class<?> type = parameter.getType();
        if (type == EvaluationContext.class) {
            return Slot.CONTEXT;
        }
        if (type == DataType[].class) {
            return Slot.TYPES;
        }
        int declared = signature.parameters().size();
        if (argument >= declared) {
            return Slot.OUT;
        }
        if (parameter.isAnnotationPresent(Prepared.class)) {
            return Slot.PREPARED;
        }
        return signature.variadic() && argument == declared - 1 ? Slot.REST : Slot.ARGUMENT;
    }
}
