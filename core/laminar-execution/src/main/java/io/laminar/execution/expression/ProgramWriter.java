package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.execution.function.ScalarFunction;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the source of one {@link Program}: its loops, each once for columns without nulls and once for any columns. */
final class ProgramWriter {
    /** Package and name of every generated class; each has its class loader to itself. */
    static final String CLASS_NAME = "io.laminar.generated.Expressions";

    /** Variants of a loop, by number. */
    static final int VARIANTS = 2;

    static final int DENSE = 0;
    static final int NULLABLE = 1;

    private final FunctionRegistry functions;
    private final ExpressionText texts;
    private final Traits traits;
    private final Outlines outlines;
    private final Slots slots = new Slots();
    private final ConstantPool constants = new ConstantPool();
    private final Registers registers = new Registers();
    private final List<String> messages = new ArrayList<>();
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private final Map<Expression, String> outlined = new LinkedHashMap<>();
    private final Set<Class<?>> used = new LinkedHashSet<>();
    private final List<Set<Integer>> slotsOfLoops = new ArrayList<>();
    private int names;

    ProgramWriter(FunctionRegistry functions, Schema schema, Traits traits, Outlines outlines) {
        this.functions = functions;
        this.texts = new ExpressionText(schema);
        this.traits = traits;
        this.outlines = outlines;
    }

    /** The source of a class that runs these loops; the number of a run is loop * {@link #VARIANTS} + variant. */
    String write(List<Loop> loops) {
        StringBuilder dispatch = new StringBuilder();
        for (int i = 0; i < loops.size(); i++) {
            Set<Integer> read = new LinkedHashSet<>();
            for (int variant = 0; variant < VARIANTS; variant++) {
                registers.startLoop();
                String name = "loop" + i + (variant == DENSE ? "d" : "n");
                LoopWriter writer = new LoopWriter(this, loops.get(i), variant == DENSE);
                methods.append(writer.write(name));
                read.addAll(writer.slotsRead());
                dispatch.append("      case ")
                        .append(i * VARIANTS + variant)
                        .append(": return ")
                        .append(name)
                        .append("(size, selection, out);\n");
            }
            slotsOfLoops.add(Set.copyOf(read));
        }
        return assemble(dispatch.toString());
    }

    private String assemble(String dispatch) {
        int dot = CLASS_NAME.lastIndexOf('.');
        StringBuilder out = new StringBuilder();
        out.append("package ").append(CLASS_NAME, 0, dot).append(";\n");
        out.append("public final class ")
                .append(CLASS_NAME.substring(dot + 1))
                .append(" extends io.laminar.execution.expression.Program {\n");
        constants.declarations().forEach(d -> out.append("  ").append(d).append('\n'));
        registers.declarations().forEach(d -> out.append("  ").append(d).append('\n'));
        out.append(fields);
        out.append("  public ")
                .append(CLASS_NAME.substring(dot + 1))
                .append("(Object[] constants, byte[] literals, String[] texts) {\n")
                .append("    super(constants, literals, texts);\n  }\n");
        out.append("  protected int run(int loop, int size, int[] selection, io.laminar.spi.batch.Column[] out) {\n")
                .append("    switch (loop) {\n")
                .append(dispatch)
                .append("      default: throw new IllegalArgumentException(\"no loop \" + loop);\n    }\n  }\n");
        return out.append(methods).append("}\n").toString();
    }

    /** The columns a loop reads itself, whose nulls decide its variant. */
    List<Set<Integer>> slotsOfLoops() {
        return slotsOfLoops;
    }

    Traits traits() {
        return traits;
    }

    Slots slots() {
        return slots;
    }

    ConstantPool constants() {
        return constants;
    }

    String[] messages() {
        return messages.toArray(String[]::new);
    }

    /** Classes the source names that are not Laminar's own. */
    Set<Class<?>> used() {
        return used;
    }

    void uses(Class<?> type) {
        used.add(type);
    }

    int text(Expression expression) {
        String text = texts.of(expression);
        int known = messages.indexOf(text);
        if (known >= 0) {
            return known;
        }
        messages.add(text);
        return messages.size() - 1;
    }

    String describe(Expression expression) {
        return texts.of(expression);
    }

    /** A field with an object of a class, for one place in the code. */
    String register(String className) {
        return registers.take(className, "new " + className + "()");
    }

    /** A field with an array of one element, for one place in the code. */
    String array(String elementType) {
        return registers.take(elementType + "[]", "new " + elementType + "[1]");
    }

    String typeField(DataType type) {
        return constants.field(type, DataType.class, () -> type);
    }

    ScalarFunction function(FunctionCall call) {
        return functions
                .find(call.signature())
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.UNKNOWN_FUNCTION,
                        "no function " + call.name() + " with signature " + call.signature()));
    }

    boolean isOutlined(Expression expression) {
        return outlines.contains(expression);
    }

    /** Calls the method of its own that computes a large expression, writing the method first if there is none yet. */
    Register callOutlined(Expression expression, Emitter caller) {
        String name = outlined.get(expression);
        if (name == null) {
            name = "x" + names++;
            if (!traits.isVolatile(expression)) {
                outlined.put(expression, name);
            }
            registers.startCalled();
            writeOutlined(expression, name);
            registers.endCalled();
        }
        caller.line(name + "(i);");
        Register result = caller.declare(expression.type(), true, false);
        caller.line(result.isNull() + " = this." + name + "n;");
        for (int i = 0; i < result.parts().size(); i++) {
            caller.line(result.part(i) + " = this." + name + "v" + i + ";");
        }
        return result;
    }

    private void writeOutlined(Expression expression, String name) {
        MethodBody body = new MethodBody();
        Emitter emitter = new Emitter(this, body, new SlotAccess(this, body, "i", false));
        Register result = emitter.whole(expression.accept(emitter));
        List<String> types = JavaTypes.of(expression.type());
        fields.append("  private boolean ").append(name).append("n;\n");
        emitter.line("this." + name + "n = " + result.isNull() + ";");
        for (int i = 0; i < types.size(); i++) {
            String field = name + "v" + i;
            fields.append("  private ")
                    .append(types.get(i))
                    .append(' ')
                    .append(field)
                    .append(";\n");
            emitter.line("this." + field + " = " + result.part(i) + ";");
        }
        methods.append("  private void ")
                .append(name)
                .append("(int i) {\n")
                .append(body.prologue())
                .append(body.rows())
                .append("  }\n");
    }
}
