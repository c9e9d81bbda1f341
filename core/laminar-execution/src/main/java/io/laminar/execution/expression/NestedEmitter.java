package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.math.BigDecimal;
import java.util.List;

/** Arrays, maps and structs: columns as long as they are only read, objects where they are made or passed on. */
final class NestedEmitter {
    private static final String KERNEL = "io.laminar.execution.expression.kernel.NestedValues.";
    private static final String COLUMNS = "io.laminar.spi.batch.";

    private final Emitter emitter;

    NestedEmitter(Emitter emitter) {
        this.emitter = emitter;
    }

    Register emit(Call call) {
        return switch (call.operation()) {
            case STRUCT, ARRAY -> construct(call, "list");
            case MAP -> construct(call, "map");
            default -> element(call);
        };
    }

    private Register construct(Call call, String kernel) {
        List<Register> content = emitter.emitAll(call.arguments());
        String array = emitter.fresh("w");
        emitter.line("Object[] " + array + " = new Object[" + content.size() + "];");
        for (int i = 0; i < content.size(); i++) {
            emitter.line(array + "[" + i + "] = " + object(content.get(i)).value() + ";");
        }
        return emitter.pure(call.type(), List.of(), KERNEL + kernel + "(" + array + ")");
    }

    /** The value as an Object in the form of Values, null for NULL. */
    Register object(Register register) {
        Register whole = emitter.whole(register);
        if (JavaTypes.isNested(whole.type()) && !whole.alwaysNull()) {
            return whole;
        }
        if (whole.alwaysNull()) {
            return Register.of(whole.type(), Register.ALWAYS, "null");
        }
        String name = emitter.fresh("w");
        String boxed = boxed(whole, Object.class);
        emitter.line("Object " + name + " = "
                + (whole.neverNull() ? boxed : whole.isNull() + " ? (Object) null : (Object) " + boxed) + ";");
        return Register.of(whole.type(), whole.isNull(), name);
    }

    /** A Java expression that gives a value that is not null as a class; for Slice a statement comes first. */
    String boxed(Register register, Class<?> type) {
        if (type == Slice.class) {
            String slice = emitter.program().register("io.laminar.spi.batch.Slice");
            if (!register.alwaysNull()) {
                emitter.line(slice + ".set(" + register.arguments() + ");");
            }
            return slice;
        }
        if (type.isPrimitive()) {
            return register.value();
        }
        if (type == BigDecimal.class || (type == Object.class && register.type() instanceof Decimal)) {
            Register decimal = register;
            if (TypeWidening.isInteger(register.type())) {
                return "java.math.BigDecimal.valueOf((long) " + register.value() + ")";
            }
            return DecimalEmitter.KERNEL + "toBig(" + DecimalEmitter.operand(decimal) + ")";
        }
        return switch (register.type().physical()) {
            case BOOLEAN -> "Boolean.valueOf(" + register.value() + ")";
            case INT -> "Integer.valueOf(" + register.value() + ")";
            case LONG -> "Long.valueOf(" + register.value() + ")";
            case DOUBLE -> "Double.valueOf(" + register.value() + ")";
            case BYTES ->
                KERNEL + (register.type() == Scalar.BYTES ? "bytes(" : "string(") + register.arguments() + ")";
            default ->
                type == Object.class ? register.value() : "(" + type.getCanonicalName() + ") " + register.value();
        };
    }

    /** Assigns an Object that is not null to variables of the target's type. */
    void unbox(String object, Register target) {
        DataType type = target.type();
        if (type instanceof Decimal decimal) {
            String out = emitter.program().register("io.laminar.spi.batch.Int128");
            emitter.line(KERNEL + "unscaled(" + object + ", " + decimal.precision() + ", " + decimal.scale() + ", "
                    + out + ");");
            DecimalEmitter.take(emitter, out, target);
            return;
        }
        switch (type.physical()) {
            case BOOLEAN -> emitter.line(target.value() + " = ((Boolean) " + object + ").booleanValue();");
            case INT -> emitter.line(target.value() + " = ((Number) " + object + ").intValue();");
            case LONG -> emitter.line(target.value() + " = ((Number) " + object + ").longValue();");
            case DOUBLE -> emitter.line(target.value() + " = ((Number) " + object + ").doubleValue();");
            case BYTES -> {
                String slice = emitter.program().register("io.laminar.spi.batch.Slice");
                emitter.line(KERNEL + "text(" + object + ", " + slice + ");");
                CastEmitter.takeSlice(emitter, slice, target);
            }
            default -> emitter.line(target.value() + " = " + object + ";");
        }
    }

    /** A member of a struct that is not a column. */
    Register member(Member member, Register given) {
        Register struct = emitter.whole(given);
        return emitter.guarded(member.type(), List.of(struct), true, target -> {
            String value = emitter.fresh("w");
            emitter.line(
                    "Object " + value + " = ((java.util.List) " + struct.value() + ").get(" + member.index() + ");");
            takeNullable(value, target);
        });
    }

    private void takeNullable(String object, Register target) {
        emitter.line(target.isNull() + " = " + object + " == null;");
        emitter.block("if (" + object + " != null)", () -> unbox(object, target));
    }

    private Register element(Call call) {
        Register container = emitter.emit(call.arguments().get(0));
        Register index = emitter.emit(call.arguments().get(1));
        if (container.type() instanceof ListType list && container.origin() != null) {
            return elementOfColumn(call.type(), list, container, container.origin(), index);
        }
        Register whole = emitter.whole(container);
        if (whole.type() instanceof MapType) {
            Register key = object(index);
            return emitter.guarded(call.type(), List.of(whole, key), true, target -> {
                String value = emitter.fresh("w");
                emitter.line("Object " + value + " = " + KERNEL + "entry(" + whole.value() + ", " + key.value() + ");");
                takeNullable(value, target);
            });
        }
        return emitter.guarded(call.type(), List.of(whole, index), true, target -> {
            String value = emitter.fresh("w");
            emitter.line("Object " + value + " = " + KERNEL + "element(" + whole.value() + ", " + index.value() + ");");
            takeNullable(value, target);
        });
    }

    /** Reads the element where it lies, without making the list. */
    private Register elementOfColumn(
            DataType type, ListType list, Register container, Register.Origin origin, Register index) {
        Register present = new Register(list, container.isNull(), List.of());
        return emitter.guarded(type, List.of(present, index), true, target -> {
            String column = emitter.fresh("e");
            String position = emitter.fresh("w");
            String lists = COLUMNS + "ListColumn";
            emitter.line(lists + " " + column + " = (" + lists + ") " + origin.column() + ";");
            emitter.line("int " + position + " = " + KERNEL + "position(" + column + ", " + origin.row() + ", "
                    + index.value() + ");");
            emitter.line(target.isNull() + " = " + position + " < 0;");
            emitter.block(
                    "if (" + position + " >= 0)", () -> read(column + ".elements()", position, list.element(), target));
        });
    }

    private void read(String column, String row, DataType type, Register target) {
        if (type == Scalar.NULL) {
            emitter.line(target.isNull() + " = true;");
            return;
        }
        switch (type.physical()) {
            case BOOLEAN -> value("BooleanColumn", column, row, target);
            case INT -> value("IntColumn", column, row, target);
            case LONG -> value("LongColumn", column, row, target);
            case DOUBLE -> value("DoubleColumn", column, row, target);
            case DECIMAL -> {
                String decimals = "((" + COLUMNS + "DecimalColumn) " + column + ")";
                emitter.line(target.part(0) + " = " + decimals + ".high()[" + row + "];");
                emitter.line(target.part(1) + " = " + decimals + ".low()[" + row + "];");
            }
            case BYTES -> {
                String bytes = "((" + COLUMNS + "BytesColumn) " + column + ")";
                emitter.line(target.part(0) + " = " + bytes + ".arena();");
                emitter.line(target.part(1) + " = " + bytes + ".starts()[" + row + "];");
                emitter.line(target.part(2) + " = " + bytes + ".lengths()[" + row + "];");
            }
            default ->
                emitter.line(target.value() + " = io.laminar.spi.batch.Values.read("
                        + emitter.program().typeField(type) + ", " + column + ", " + row + ");");
        }
    }

    private void value(String columnClass, String column, String row, Register target) {
        emitter.line(target.value() + " = ((" + COLUMNS + columnClass + ") " + column + ").value(" + row + ");");
    }
}
