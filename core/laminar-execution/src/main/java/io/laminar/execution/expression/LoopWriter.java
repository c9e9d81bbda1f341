package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Physical;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the method of one variant of one loop. */
final class LoopWriter {
    private static final String COLUMNS = "io.laminar.spi.batch.";

    private final ProgramWriter program;
    private final Loop loop;
    private final MethodBody body = new MethodBody();
    private final SlotAccess slots;
    private final Emitter emitter;
    private final List<String> epilogue = new ArrayList<>();

    LoopWriter(ProgramWriter program, Loop loop, boolean dense) {
        this.program = program;
        this.loop = loop;
        this.slots = new SlotAccess(program, body, "i", dense);
        this.emitter = new Emitter(program, body, slots);
    }

    Set<Integer> slotsRead() {
        return slots.used();
    }

    String write(String name) {
        Expression condition = loop.condition();
        if (condition == null) {
            body.line(loop.selected() ? "final int i = selection[k];" : "final int i = k;");
            outputs("k");
        } else {
            body.line("final int i = k;");
            filter(emitter.emit(condition));
        }
        StringBuilder out = new StringBuilder();
        out.append("  private int ")
                .append(name)
                .append("(int size, int[] selection, ")
                .append(COLUMNS);
        out.append("Column[] out) {\n").append(body.prologue());
        out.append(condition == null ? "" : "    int count = 0;\n");
        out.append("    for (int k = 0; k < size; k++) {\n").append(body.rows()).append("    }\n");
        epilogue.forEach(line -> out.append("    ").append(line).append('\n'));
        return out.append("    return ")
                .append(condition == null ? "size" : "count")
                .append(";\n  }\n")
                .toString();
    }

    private void filter(Register condition) {
        String holds = Emitter.isTrue(condition);
        if (loop.outputs().isEmpty()) {
            // Always written, counted only if it holds: no branch to mispredict.
            body.line("selection[count] = i;");
            body.line("count += " + holds.replace("&&", "&") + " ? 1 : 0;");
            return;
        }
        body.line("if (" + holds + ") {");
        body.line("selection[count] = i;");
        outputs("count");
        body.line("count++;");
        body.line("}");
    }

    private void outputs(String position) {
        for (int i = 0; i < loop.outputs().size(); i++) {
            output(emitter.emit(loop.outputs().get(i)), loop.outputs().get(i), loop.firstOutput() + i, position);
        }
    }

    private void output(Register value, Expression expression, int index, String position) {
        DataType type = expression.type();
        Physical physical = type.physical();
        String size = loop.condition() == null ? "size" : "count";
        if (physical == Physical.BYTES) {
            bytes(value, expression, index);
            return;
        }
        if (JavaTypes.isNested(type)) {
            nested(value, type, index);
            return;
        }
        String nulls = nulls(value, index, position);
        if (physical == Physical.DECIMAL) {
            body.once("final long[] oh" + index + " = new long[size];");
            body.once("final long[] ol" + index + " = new long[size];");
            body.line("oh" + index + "[" + position + "] = " + value.part(0) + ";");
            body.line("ol" + index + "[" + position + "] = " + value.part(1) + ";");
            epilogue.add("out[" + index + "] = new " + COLUMNS + "DecimalColumn(oh" + index + ", ol" + index + ", "
                    + nulls + ", " + size + ");");
            return;
        }
        String javaType = JavaTypes.of(type).get(0);
        String column = javaType.substring(0, 1).toUpperCase(Locale.ROOT) + javaType.substring(1) + "Column";
        body.once("final " + javaType + "[] o" + index + " = new " + javaType + "[size];");
        body.line("o" + index + "[" + position + "] = " + value.value() + ";");
        epilogue.add("out[" + index + "] = new " + COLUMNS + column + "(o" + index + ", " + nulls + ", " + size + ");");
    }

    /** Notes the null flags of an output; the Java expression of what the column takes. */
    private String nulls(Register value, int index, String position) {
        if (value.neverNull()) {
            return "null";
        }
        body.once("final boolean[] y" + index + " = new boolean[size];");
        body.once("boolean any" + index + " = false;");
        body.line("y" + index + "[" + position + "] = " + value.isNull() + ";");
        body.line("any" + index + " |= " + value.isNull() + ";");
        return "any" + index + " ? y" + index + " : null";
    }

    /**
     * Values that lie in the arena of a column read, or of the literals, are pointed at; others are copied. Which it is
     * shows per row, since a function may answer a part of its argument or something new.
     */
    private void bytes(Register value, Expression expression, int index) {
        String builder = "o" + index;
        body.once("final " + COLUMNS + "BytesBuilder " + builder + " = new " + COLUMNS + "BytesBuilder(size);");
        if (value.alwaysNull()) {
            body.line(builder + ".appendNull();");
        } else {
            String guard = value.neverNull() ? "" : "if (" + value.isNull() + ") " + builder + ".appendNull(); else ";
            String stable = stableArenas(expression).stream()
                    .map(arena -> value.part(0) + " == " + arena)
                    .reduce((a, b) -> a + " || " + b)
                    .orElse("false");
            body.line(guard + "if (" + stable + ") " + builder + ".view(" + value.arguments() + "); else " + builder
                    + ".append(" + value.arguments() + ");");
        }
        epilogue.add("out[" + index + "] = " + builder + ".build();");
    }

    /** Variables of the arenas that values of an expression may be parts of. */
    private Set<String> stableArenas(Expression expression) {
        Set<String> arenas = new LinkedHashSet<>();
        arenas.add(ConstantPool.ARENA);
        collectArenas(expression, arenas);
        return arenas;
    }

    private void collectArenas(Expression expression, Set<String> arenas) {
        if (arenas.size() > 4) {
            return;
        }
        if (expression.type().physical() == Physical.BYTES) {
            Slots.path(expression).ifPresent(path -> {
                int slot = program.slots().slot(path, expression.type());
                if (slots.used().contains(slot)) {
                    arenas.add("b" + slot);
                }
            });
        }
        Expressions.children(expression).forEach(child -> collectArenas(child, arenas));
    }

    private void nested(Register value, DataType type, int index) {
        String builder = "o" + index;
        String typeField = program.typeField(type);
        body.once("final " + COLUMNS + "ColumnBuilder " + builder + " = " + COLUMNS + "ColumnBuilder.of(" + typeField
                + ", size);");
        Register.Origin origin = value.origin();
        String append;
        if (value.alwaysNull() || type == Scalar.NULL) {
            append = builder + ".appendNull();";
        } else if (origin != null) {
            append = builder + ".appendFrom(" + origin.column() + ", " + origin.row() + ");";
        } else {
            append = COLUMNS + "Values.append(" + typeField + ", " + builder + ", "
                    + (value.neverNull() ? value.value() : value.isNull() + " ? null : " + value.value()) + ");";
        }
        body.line(append);
        epilogue.add("out[" + index + "] = " + builder + ".build();");
    }
}
