package io.laminar.execution.expression;

import io.laminar.execution.function.ScalarFunction;
import io.laminar.execution.function.ScalarFunction.Slot;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.type.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Calls of declared functions: the static method is named in the generated code, so that it can be inlined. */
final class FunctionEmitter {
    private static final String SLICE = "io.laminar.spi.batch.Slice";

    private final Emitter emitter;
    private final NestedEmitter nested;

    FunctionEmitter(Emitter emitter) {
        this.emitter = emitter;
        this.nested = new NestedEmitter(emitter);
    }

    Register emit(FunctionCall call) {
        ScalarFunction function = emitter.program().function(call);
        List<Register> arguments = emitter.emitAll(call.arguments());
        if (function.nulls() == NullHandling.RETURNS_NULL) {
            List<Register> whole = arguments.stream().map(emitter::whole).toList();
            return emitter.guarded(
                    call.type(), whole, canAnswerNull(function), target -> invoke(call, function, whole, target));
        }
        List<Register> whole = arguments.stream().map(emitter::whole).toList();
        Register target = emitter.declare(call.type(), true, false);
        invoke(call, function, whole, target);
        return target;
    }

    private static boolean canAnswerNull(ScalarFunction function) {
        Class<?> result = function.method().getReturnType();
        return function.writesSlice() ? result == boolean.class : !result.isPrimitive();
    }

    private void invoke(FunctionCall call, ScalarFunction function, List<Register> arguments, Register target) {
        Method method = function.method();
        Parameter[] parameters = method.getParameters();
        List<String> values = new ArrayList<>();
        String out = "";
        int next = 0;
        for (int i = 0; i < parameters.length; i++) {
            Slot slot = function.layout().get(i);
            Class<?> type = parameters[i].getType();
            switch (slot) {
                case CONTEXT -> values.add("context");
                case TYPES -> values.add(types(call));
                case ARGUMENT -> values.add(argument(arguments.get(next++), type));
                case PREPARED -> {
                    values.add(prepared(call.arguments().get(next), arguments.get(next), type));
                    next++;
                }
                case REST -> {
                    values.add(rest(arguments.subList(next, arguments.size()), type));
                    next = arguments.size();
                }
                case OUT -> {
                    out = emitter.program().register(SLICE);
                    values.add(out);
                }
            }
        }
        String invocation = method.getDeclaringClass().getCanonicalName() + "." + method.getName() + "("
                + String.join(", ", values) + ")";
        emitter.program().uses(method.getDeclaringClass());
        takeResult(method.getReturnType(), invocation, out, target);
    }

    private String types(FunctionCall call) {
        List<DataType> types = new ArrayList<>();
        call.arguments().forEach(a -> types.add(a.type()));
        types.add(call.type());
        return emitter.program().constants().field(types, DataType[].class, () -> types.toArray(DataType[]::new));
    }

    /** A Java expression of the parameter's type; null where the argument is and the parameter may be. */
    private String argument(Register register, Class<?> type) {
        String value = nested.boxed(register, type);
        if (type.isPrimitive() || register.neverNull()) {
            return value;
        }
        if (register.alwaysNull()) {
            return "(" + type.getCanonicalName() + ") null";
        }
        return "(" + register.isNull() + " ? (" + type.getCanonicalName() + ") null : " + value + ")";
    }

    private String rest(List<Register> arguments, Class<?> arrayType) {
        Class<?> element = arrayType.getComponentType();
        String array = emitter.fresh("w");
        emitter.line(element.getCanonicalName() + "[] " + array + " = new " + element.getCanonicalName() + "["
                + arguments.size() + "];");
        for (int i = 0; i < arguments.size(); i++) {
            emitter.line(array + "[" + i + "] = " + argument(arguments.get(i), element) + ";");
        }
        return array;
    }

    /** A constant is prepared now; another argument when its bytes differ from those of the row before. */
    private String prepared(Expression expression, Register register, Class<?> type) {
        Object constant = Emitter.constantOf(expression);
        if (constant != null) {
            return constantField(type, constant.toString());
        }
        if (register.alwaysNull()) {
            return "(" + type.getCanonicalName() + ") null";
        }
        emitter.program().uses(type);
        String memo = emitter.program().register("io.laminar.execution.expression.kernel.PreparedText");
        String renewal = "if (" + memo + ".differs(" + register.arguments() + ")) " + memo + ".value = "
                + type.getCanonicalName() + ".prepare(" + memo + ".text());";
        emitter.line(register.neverNull() ? renewal : "if (!" + register.isNull() + ") { " + renewal + " }");
        String value = "(" + type.getCanonicalName() + ") " + memo + ".value";
        return register.neverNull()
                ? value
                : "(" + register.isNull() + " ? (" + type.getCanonicalName() + ") null : " + value + ")";
    }

    private <T> String constantField(Class<T> type, String text) {
        return emitter.program()
                .constants()
                .field(List.of(type, text), type, () -> type.cast(prepare(type, Slice.of(text))));
    }

    private static Object prepare(Class<?> type, Slice text) {
        try {
            return type.getMethod("prepare", Slice.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeResult(Class<?> result, String invocation, String out, Register target) {
        if (!out.isEmpty()) {
            if (result == void.class) {
                emitter.line(invocation + ";");
                CastEmitter.takeSlice(emitter, out, target);
                return;
            }
            emitter.block("if (" + invocation + ")", () -> CastEmitter.takeSlice(emitter, out, target));
            emitter.line("else " + target.isNull() + " = true;");
            return;
        }
        if (result.isPrimitive()) {
            boolean single = target.type() == DataType.Scalar.FLOAT;
            emitter.line(target.value() + " = " + (single ? "(double) (float) " : "") + invocation + ";");
            return;
        }
        String object = emitter.fresh("w");
        emitter.line("Object " + object + " = " + invocation + ";");
        emitter.line(target.isNull() + " = " + object + " == null;");
        emitter.block("if (" + object + " != null)", () -> nested.unbox(object, target));
    }
}
