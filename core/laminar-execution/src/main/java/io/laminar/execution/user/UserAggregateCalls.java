package io.laminar.execution.user;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the methods of a user's aggregate. For one thread: the array of arguments is used again. */
public final class UserAggregateCalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final UserAggregate aggregate;
    private final DataType[] types;
    private final boolean[] refusesNull;
    private final @Nullable MethodHandle eval;
    private final @Nullable MethodHandle create;
    private final @Nullable MethodHandle accumulate;
    private final @Nullable MethodHandle retract;
    private final @Nullable MethodHandle merge;
    private final @Nullable MethodHandle result;
    private final @Nullable RowArguments added;
    private final @Nullable RowArguments taken;
    private final @Nullable Object[] arguments;

    public UserAggregateCalls(UserFunction function) {
        this.aggregate = UserAggregate.of(function);
        this.types =
                function.parameters().stream().map(UserFunction.Parameter::type).toArray(DataType[]::new);
        this.refusesNull = aggregate.refusesNull();
        this.eval = handle(aggregate.eval());
        this.create = handle(aggregate.create());
        this.accumulate = handle(aggregate.accumulate());
        this.retract = handle(aggregate.retract());
        this.merge = handle(aggregate.merge());
        this.result = handle(aggregate.result());
        this.added = row(aggregate.accumulate());
        this.taken = row(aggregate.retract());
        this.arguments = new Object[1 + types.length];
    }

    private @Nullable RowArguments row(@Nullable Method method) {
        return method == null ? null : new RowArguments(aggregate.function(), method, 1);
    }

    private static @Nullable MethodHandle handle(@Nullable Method method) {
        if (method == null) {
            return null;
        }
        try {
            MethodHandle handle = LOOKUP.unreflect(method);
            int count = method.getParameterCount();
            return handle.asType(handle.type()
                            .generic()
                            .changeReturnType(method.getReturnType() == void.class ? void.class : Object.class))
                    .asSpreader(Object[].class, count);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " was checked to be public", e);
        }
    }

    public UserAggregate aggregate() {
        return aggregate;
    }

    /** Whether a row counts: none of the arguments that refuse NULL is NULL. */
    public boolean counts(Column[] columns, int row) {
        for (int i = 0; i < types.length; i++) {
            if (refusesNull[i] && columns[i].isNull(row)) {
                return false;
            }
        }
        return true;
    }

    public Object create() {
        return Objects.requireNonNull(call(Objects.requireNonNull(create)), "create gave null");
    }

    public void accumulate(Object state, Column[] columns, int row) {
        change(Objects.requireNonNull(accumulate), Objects.requireNonNull(added), state, columns, row);
    }

    public void retract(Object state, Column[] columns, int row) {
        change(Objects.requireNonNull(retract), Objects.requireNonNull(taken), state, columns, row);
    }

    private void change(MethodHandle method, RowArguments row, Object state, Column[] columns, int position) {
        arguments[0] = state;
        row.read(columns, position, arguments);
        try {
            method.invoke(arguments);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A value as an element of a List. */
    public @Nullable Object element(int parameter, Column column, int row) {
        return JavaValues.toJava(types[parameter], Object.class, Values.read(types[parameter], column, row));
    }

    public void merge(Object into, Object other) {
        call(Objects.requireNonNull(merge), into, other);
    }

    /** The result in the form of {@link Values}. */
    public @Nullable Object result(Object state) {
        return JavaValues.fromJava(aggregate.function().result(), call(Objects.requireNonNull(result), state));
    }

    /** The result over lists, in the form of {@link Values}. */
    public @Nullable Object eval(List<?>[] lists) {
        return JavaValues.fromJava(aggregate.function().result(), call(Objects.requireNonNull(eval), (Object[]) lists));
    }

    private @Nullable Object call(MethodHandle method, Object... values) {
        try {
            return method.type().returnType() == void.class ? invokeVoid(method, values) : method.invoke(values);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static @Nullable Object invokeVoid(MethodHandle method, Object[] values) throws Throwable {
        method.invoke(values);
        return null;
    }

    private RuntimeException failed(Throwable cause) {
        return JavaValues.failed(aggregate.function().signature(), false, cause);
    }

    // States as bytes
    // --------------------------------------------------------------------------------------------------

    public byte[] write(Object state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.FUNCTION_FAILED,
                    "the state of " + aggregate.function().name() + " cannot be written: " + e,
                    "everything in it must be java.io.Serializable");
        }
        return bytes.toByteArray();
    }

    public Object read(byte[] bytes) {
        ClassLoader loader = UserClasses.load(aggregate.function().code()).getClassLoader();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
                return Class.forName(description.getName(), false, loader);
            }
        }) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state of " + aggregate.function().name() + " cannot be read: " + e);
        }
    }
}
