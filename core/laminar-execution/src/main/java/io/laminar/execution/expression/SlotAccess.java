package io.laminar.execution.expression;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How one generated method reads columns: through local variables of arrays, set before its loop. */
final class SlotAccess {
    private static final String COLUMNS = "io.laminar.spi.batch.";

    private final ProgramWriter program;
    private final MethodBody body;
    private final String row;
    private final boolean dense;
    private final Map<Integer, List<String>> arrays = new HashMap<>();
    private final Set<Integer> used = new TreeSet<>();
    private boolean rowtimeRead;

    /**
     * @param row the variable that holds the row's number
     * @param dense whether no column read has nulls
     */
    SlotAccess(ProgramWriter program, MethodBody body, String row, boolean dense) {
        this.program = program;
        this.body = body;
        this.row = row;
        this.dense = dense;
    }

    Set<Integer> used() {
        return used;
    }

    Register rowtime(Emitter emitter) {
        if (!rowtimeRead) {
            rowtimeRead = true;
            body.once("final long[] times = this.rowtime;");
        }
        return emitter.pure(Scalar.TIMESTAMP, List.of(), "times[" + row + "]");
    }

    Register read(Slots.Path path, DataType type, Emitter emitter) {
        int slot = program.slots().slot(path, type);
        used.add(slot);
        String isNull = Register.NEVER;
        if (!dense) {
            isNull = emitter.fresh("n");
            emitter.line("boolean " + isNull + " = z" + slot + " != null && z" + slot + "[" + row + "];");
        }
        List<String> names = arrays.computeIfAbsent(slot, s -> declare(s, type));
        if (type == Scalar.NULL) {
            return Emitter.nullOf(type);
        }
        if (JavaTypes.isNested(type)) {
            return new Register(type, isNull, List.of(), new Register.Origin(names.get(0), row));
        }
        return switch (type.physical()) {
            case BYTES -> {
                String start = emitter.fresh("v");
                String length = emitter.fresh("v");
                emitter.line("int " + start + " = " + names.get(1) + "[" + row + "];");
                emitter.line("int " + length + " = " + names.get(2) + "[" + row + "];");
                yield new Register(type, isNull, List.of(names.get(0), start, length));
            }
            case DECIMAL -> {
                String high = emitter.fresh("v");
                String low = emitter.fresh("v");
                emitter.line("long " + high + " = " + names.get(0) + "[" + row + "];");
                emitter.line("long " + low + " = " + names.get(1) + "[" + row + "];");
                yield new Register(type, isNull, List.of(high, low));
            }
            default -> {
                String value = emitter.fresh("v");
                emitter.line(JavaTypes.of(type).get(0) + " " + value + " = " + names.get(0) + "[" + row + "];");
                yield Register.of(type, isNull, value);
            }
        };
    }

    private List<String> declare(int slot, DataType type) {
        String column = "this.slots[" + slot + "]";
        if (!dense) {
            body.once("final boolean[] z" + slot + " = " + column + ".nulls();");
        }
        if (type == Scalar.NULL) {
            return List.of();
        }
        return switch (type.physical()) {
            case BOOLEAN -> List.of(array(slot, "boolean[]", column, "BooleanColumn", "values", "a"));
            case INT -> List.of(array(slot, "int[]", column, "IntColumn", "values", "a"));
            case LONG -> List.of(array(slot, "long[]", column, "LongColumn", "values", "a"));
            case DOUBLE -> List.of(array(slot, "double[]", column, "DoubleColumn", "values", "a"));
            case DECIMAL ->
                List.of(
                        array(slot, "long[]", column, "DecimalColumn", "high", "h"),
                        array(slot, "long[]", column, "DecimalColumn", "low", "l"));
            case BYTES ->
                List.of(
                        array(slot, "byte[]", column, "BytesColumn", "arena", "b"),
                        array(slot, "int[]", column, "BytesColumn", "starts", "s"),
                        array(slot, "int[]", column, "BytesColumn", "lengths", "l"));
            case LIST, MAP, STRUCT -> {
                body.once("final io.laminar.spi.batch.Column c" + slot + " = " + column + ";");
                yield List.of("c" + slot);
            }
        };
    }

    private String array(int slot, String type, String column, String columnClass, String accessor, String prefix) {
        String name = prefix + slot;
        body.once("final " + type + " " + name + " = ((" + COLUMNS + columnClass + ") " + column + ")." + accessor
                + "();");
        return name;
    }
}
