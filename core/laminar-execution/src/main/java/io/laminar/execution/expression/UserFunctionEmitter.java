package io.laminar.execution.expression;

import io.laminar.execution.user.UserMethods;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Physical;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Calls of functions that users wrote: {@code eval} is named in the generated code, so that it can be inlined. Where it
 * takes a primitive and the argument is NULL it is not called, and the result is NULL.
 */
final class UserFunctionEmitter {
    private static final String VALUES = "io.laminar.execution.user.JavaValues.";

    private final Emitter emitter;
    private final NestedEmitter nested;

    UserFunctionEmitter(Emitter emitter) {
        this.emitter = emitter;
        this.nested = new NestedEmitter(emitter);
    }

    Register emit(FunctionCall call) {
        UserFunction function = Objects.requireNonNull(call.user());
        if (function.kind() == Kind.ASYNC) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "the asynchronous function " + function.name() + " cannot be called here",
                    "call it in the SELECT list of a query of its own");
        }
        Method eval = UserMethods.eval(function);
        List<Register> arguments =
                emitter.emitAll(call.arguments()).stream().map(emitter::whole).toList();
        List<Register> required = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (eval.getParameterTypes()[i].isPrimitive()) {
                required.add(arguments.get(i));
            }
        }
        boolean answersNull = !eval.getReturnType().isPrimitive();
        return emitter.guarded(call.type(), required, answersNull, target -> invoke(function, eval, arguments, target));
    }

    private void invoke(UserFunction function, Method eval, List<Register> arguments, Register target) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.add(argument(arguments.get(i), eval.getParameterTypes()[i], eval.getGenericParameterTypes()[i]));
        }
        emitter.program().uses(eval.getDeclaringClass());
        String invocation = eval.getDeclaringClass().getCanonicalName() + ".eval(" + String.join(", ", values) + ")";
        Class<?> result = eval.getReturnType();
        boolean simple = result.isPrimitive() && !(target.type() instanceof DataType.Decimal);
        String value = emitter.fresh("w");
        if (simple) {
            emitter.line(result.getName() + " " + value + " = " + (result == boolean.class ? "false" : "0") + ";");
        } else {
            emitter.line("Object " + value + " = null;");
        }
        String failure = emitter.fresh("w");
        emitter.line("try { " + value + " = " + given(function, result, simple, invocation) + "; }");
        emitter.line("catch (Throwable " + failure + ") { throw " + VALUES + "failed(" + signature(function) + ", "
                + function.skipsRows() + ", " + failure + "); }");
        if (simple) {
            emitter.line(target.value() + " = " + value + ";");
            return;
        }
        if (!target.neverNull()) {
            emitter.line(target.isNull() + " = " + value + " == null;");
        }
        emitter.block("if (" + value + " != null)", () -> nested.unbox(value, target));
    }

    /** The invocation, and what its result is in the form of Values unless that is a primitive. */
    private String given(UserFunction function, Class<?> result, boolean simple, String invocation) {
        if (simple) {
            return invocation;
        }
        String type = emitter.program().typeField(function.callType());
        String object = result == int.class
                ? "Integer.valueOf(" + invocation + ")"
                : result == long.class ? "Long.valueOf(" + invocation + ")" : invocation;
        String from = function.kind() == Kind.TABLE ? "io.laminar.execution.user.JavaRows.rows(" : VALUES + "fromJava(";
        return from + type + ", " + object + ")";
    }

    private String signature(UserFunction function) {
        String signature = function.signature();
        return emitter.program().constants().field(List.of("signature", signature), String.class, () -> signature);
    }

    private String argument(Register register, Class<?> parameter, Type generic) {
        if (parameter.isPrimitive()) {
            boolean direct = parameter == boolean.class;
            return direct ? register.value() : "(" + parameter.getName() + ") " + register.value();
        }
        if (parameter == Optional.class) {
            Class<?> content = (Class<?>) contentOf(generic);
            return "java.util.Optional.ofNullable(" + nullable(register, content) + ")";
        }
        return nullable(register, parameter);
    }

    private static Type contentOf(Type optional) {
        return optional instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> content
                ? content
                : Object.class;
    }

    private String nullable(Register register, Class<?> type) {
        String name = type.getCanonicalName();
        if (register.alwaysNull()) {
            return "(" + name + ") null";
        }
        String value = "(" + name + ") " + object(register, type);
        return register.neverNull() ? value : "(" + register.isNull() + " ? (" + name + ") null : (" + value + "))";
    }

    /** A value that is not null as an object of a class. */
    private String object(Register register, Class<?> type) {
        DataType sql = register.type();
        if (type == Long.class && sql.physical() == Physical.INT) {
            return "Long.valueOf((long) " + register.value() + ")";
        }
        boolean asItIs = sql == Scalar.TEXT
                || sql == Scalar.JSON
                || sql == Scalar.BYTES
                || sql == Scalar.BOOLEAN
                || (sql == Scalar.INT && type == Integer.class)
                || (sql == Scalar.BIGINT && type == Long.class)
                || (sql == Scalar.DOUBLE && type == Double.class);
        if (asItIs) {
            return nested.boxed(register, Object.class);
        }
        if (sql instanceof DataType.Decimal) {
            return nested.boxed(register, BigDecimal.class);
        }
        String wanted = emitter.program().constants().field(List.of("class", type.getName()), Class.class, () -> type);
        return VALUES + "toJava(" + emitter.program().typeField(sql) + ", " + wanted + ", "
                + nested.boxed(register, Object.class) + ")";
    }
}
