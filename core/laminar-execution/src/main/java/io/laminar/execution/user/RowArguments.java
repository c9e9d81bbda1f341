package io.laminar.execution.user;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a row as the arguments of a method. */
final class RowArguments {
    private final int first;
    private final DataType[] types;
    private final Class<?>[] wanted;
    private final boolean[] optional;
    private final boolean[] primitive;

    /** @param first parameter of the method that takes the first value */
    RowArguments(UserFunction function, Method method, int first) {
        int count = function.parameters().size();
        this.first = first;
        this.types = new DataType[count];
        this.wanted = new Class<?>[count];
        this.optional = new boolean[count];
        this.primitive = new boolean[count];
        for (int i = 0; i < count; i++) {
            var java = method.getGenericParameterTypes()[first + i];
            Class<?> content = JavaTypeRules.content(java);
            types[i] = function.parameters().get(i).type();
            wanted[i] = MethodType.methodType(content).wrap().returnType();
            optional[i] = JavaTypeRules.isOptional(java);
            primitive[i] = content.isPrimitive();
        }
    }

    /** Whether a primitive is wanted where the row has NULL. */
    boolean refusesNull(Column[] columns, int row) {
        for (int i = 0; i < types.length; i++) {
            if (primitive[i] && columns[i].isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Writes the values of a row behind those that come first. */
    void read(Column[] columns, int row, @Nullable Object[] values) {
        for (int i = 0; i < types.length; i++) {
            Object value = JavaValues.toJava(types[i], wanted[i], Values.read(types[i], columns[i], row));
            values[first + i] = optional[i] ? Optional.ofNullable(value) : value;
        }
    }
}
