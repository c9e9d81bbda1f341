package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Case;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.plan.expression.Expression.Rowtime;
import io.laminar.plan.expression.ExpressionVisitor;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements that compute expressions for one row of one method. An expression met again in the same block,
 * or in a block around it, is not computed again, unless it is volatile.
 */
final class Emitter implements ExpressionVisitor<Register> {
    private final ProgramWriter program;
    private final MethodBody body;
    private final SlotAccess slots;
    private final Deque<Map<Expression, Register>> scopes = new ArrayDeque<>();

    Emitter(ProgramWriter program, MethodBody body, SlotAccess slots) {
        this.program = program;
        this.body = body;
        this.slots = slots;
        scopes.push(new HashMap<>());
    }

    ProgramWriter program() {
        return program;
    }

    /** Computes an expression in the current block. */
    Register emit(Expression expression) {
        if (expression instanceof Literal literal) {
            return visitLiteral(literal);
        }
        for (Map<Expression, Register> scope : scopes) {
            Register known = scope.get(expression);
            if (known != null) {
                return known;
            }
        }
        Register register =
                program.isOutlined(expression) ? program.callOutlined(expression, this) : expression.accept(this);
        if (!program.traits().isVolatile(expression)) {
            scopes.element().put(expression, register);
        }
        return register;
    }

    List<Register> emitAll(List<Expression> expressions) {
        List<Register> registers = new ArrayList<>(expressions.size());
        expressions.forEach(e -> registers.add(emit(e)));
        return registers;
    }

    // Statements.

    void line(String statement) {
        body.line(statement);
    }

    String fresh(String prefix) {
        return body.fresh(prefix);
    }

    /** A block whose values are not known behind it. */
    void block(String head, Runnable content) {
        line(head + " {");
        scopes.push(new HashMap<>());
        content.run();
        scopes.pop();
        line("}");
    }

    /** Variables that statements to come assign. They start as NULL if that is possible at all. */
    Register declare(DataType type, boolean nullable, boolean startNull) {
        String isNull = Register.NEVER;
        if (nullable) {
            isNull = fresh("n");
            line("boolean " + isNull + " = " + startNull + ";");
        }
        List<String> types = JavaTypes.of(type);
        List<String> defaults = JavaTypes.defaults(type);
        List<String> parts = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            String name = fresh("v");
            line(types.get(i) + " " + name + " = " + defaults.get(i) + ";");
            parts.add(name);
        }
        return new Register(type, isNull, List.copyOf(parts));
    }

    /** Copies a value into variables declared before. */
    void assign(Register target, Register source) {
        Register value = whole(source);
        if (!target.neverNull()) {
            line(target.isNull() + " = " + value.isNull() + ";");
        }
        if (value.alwaysNull()) {
            return;
        }
        for (int i = 0; i < target.parts().size(); i++) {
            line(target.part(i) + " = " + value.part(i) + ";");
        }
    }

    /** A nested value as an Object, whatever it was before. */
    Register whole(Register register) {
        Register.Origin origin = register.origin();
        if (origin == null || register.alwaysNull()) {
            return register;
        }
        String name = fresh("v");
        String read = "io.laminar.spi.batch.Values.read(" + program.typeField(register.type()) + ", " + origin.column()
                + ", " + origin.row() + ")";
        line("Object " + name + " = " + (register.neverNull() ? read : register.isNull() + " ? null : " + read) + ";");
        return Register.of(register.type(), register.isNull(), name);
    }

    static Register nullOf(DataType type) {
        return new Register(type, Register.ALWAYS, JavaTypes.defaults(type));
    }

    /** Whether any is null, as one expression; a variable unless it is one of them. */
    String anyNull(List<Register> registers) {
        Set<String> flags = new LinkedHashSet<>();
        for (Register register : registers) {
            if (register.alwaysNull()) {
                return Register.ALWAYS;
            }
            if (!register.neverNull()) {
                flags.add(register.isNull());
            }
        }
        if (flags.isEmpty()) {
            return Register.NEVER;
        }
        if (flags.size() == 1) {
            return flags.iterator().next();
        }
        String name = fresh("n");
        line("boolean " + name + " = " + String.join(" | ", flags) + ";");
        return name;
    }

    /** The value of a Java expression that cannot fail, whatever lies behind a null; null where an argument is. */
    Register pure(DataType type, List<Register> arguments, String javaExpression) {
        String isNull = anyNull(arguments);
        if (isNull.equals(Register.ALWAYS)) {
            return nullOf(type);
        }
        String name = fresh("v");
        line(JavaTypes.of(type).get(0) + " " + name + " = " + javaExpression + ";");
        return Register.of(type, isNull, name);
    }

    /** A value computed by statements that run only where no argument is null. They may set the target's null flag. */
    Register guarded(DataType type, List<Register> arguments, boolean mayBecomeNull, Consumer<Register> statements) {
        String isNull = anyNull(arguments);
        if (isNull.equals(Register.ALWAYS)) {
            return nullOf(type);
        }
        boolean nullable = mayBecomeNull || !isNull.equals(Register.NEVER);
        Register target = declare(type, nullable, false);
        if (isNull.equals(Register.NEVER)) {
            block("", () -> statements.accept(target));
            return target;
        }
        line(target.isNull() + " = " + isNull + ";");
        block("if (!" + isNull + ")", () -> statements.accept(target));
        return target;
    }

    /** The number of an expression's text, for a message. */
    int text(Expression expression) {
        return program.text(expression);
    }

    // Leaves.

    @Override
    public Register visitInput(Input input) {
        return slots.read(Slots.path(input).orElseThrow(), input.type(), this);
    }

    @Override
    public Register visitRowtime(Rowtime rowtime) {
        return slots.rowtime(this);
    }

    @Override
    public Register visitMember(Member member) {
        Optional<Slots.Path> path = Slots.path(member);
        return path.isPresent()
                ? slots.read(path.get(), member.type(), this)
                : new NestedEmitter(this).member(member, emit(member.struct()));
    }

    @Override
    public Register visitLiteral(Literal literal) {
        Object value = literal.value();
        DataType type = literal.type();
        if (value == null) {
            return nullOf(type);
        }
        return switch (type.physical()) {
            case BOOLEAN -> Register.of(type, Register.NEVER, value.toString());
            case INT -> Register.of(type, Register.NEVER, JavaTypes.literal(((Number) value).intValue()));
            case LONG ->
                Register.of(
                        type,
                        Register.NEVER,
                        JavaTypes.literal(
                                type instanceof DataType.Decimal decimal
                                        ? unscaled(value, decimal).longValueExact()
                                        : ((Number) value).longValue()));
            case DOUBLE -> Register.of(type, Register.NEVER, JavaTypes.literal(((Number) value).doubleValue()));
            case DECIMAL -> {
                BigInteger unscaled = unscaled(value, (DataType.Decimal) type);
                yield new Register(
                        type,
                        Register.NEVER,
                        List.of(
                                JavaTypes.literal(unscaled.shiftRight(64).longValue()),
                                JavaTypes.literal(unscaled.longValue())));
            }
            case BYTES -> bytes(type, value instanceof byte[] raw ? raw : utf8(value.toString()));
            case LIST, MAP, STRUCT ->
                Register.of(type, Register.NEVER, program.constants().field(literal, Object.class, () -> value));
        };
    }

    private Register bytes(DataType type, byte[] bytes) {
        int start = program.constants().place(bytes);
        return new Register(
                type, Register.NEVER, List.of(ConstantPool.ARENA, String.valueOf(start), String.valueOf(bytes.length)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BigInteger unscaled(Object value, DataType.Decimal type) {
        BigDecimal decimal = value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
        return decimal.setScale(type.scale()).unscaledValue();
    }

    // Branches.

    @Override
    public Register visitCall(Call call) {
        return switch (call.operation()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE -> new ArithmeticEmitter(this, call).emit();
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_DISTINCT, DISTINCT ->
                new ComparisonEmitter(this).emit(call.operation(), emitAll(call.arguments()));
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
                new LogicEmitter(this).emit(call);
            case IN -> new InEmitter(this).emit(call);
            case COALESCE -> coalesce(call);
            case LIKE, ILIKE, SIMILAR_TO, CONCAT -> new TextEmitter(this).emit(call);
            case STRUCT, ARRAY, MAP, ELEMENT -> new NestedEmitter(this).emit(call);
        };
    }

    private Register coalesce(Call call) {
        boolean nullable = call.arguments().stream().allMatch(Expression::nullable);
        // The flag is needed while the arguments are tried, even if the planner knows that one of them is not null.
        Register target = declare(call.type(), true, true);
        coalesceFrom(call.arguments(), 0, target);
        return nullable ? target : new Register(call.type(), target.isNull(), target.parts());
    }

    private void coalesceFrom(List<Expression> arguments, int index, Register target) {
        Register first = emit(arguments.get(index));
        if (first.alwaysNull()) {
            if (index + 1 < arguments.size()) {
                coalesceFrom(arguments, index + 1, target);
            }
            return;
        }
        assign(target, first);
        if (index + 1 < arguments.size() && !first.neverNull()) {
            block("if (" + target.isNull() + ")", () -> coalesceFrom(arguments, index + 1, target));
        }
    }

    @Override
    public Register visitCase(Case choice) {
        Register target = declare(choice.type(), true, true);
        branch(choice, 0, target);
        return target;
    }

    private void branch(Case choice, int index, Register target) {
        if (index == choice.branches().size()) {
            assign(target, emit(choice.otherwise()));
            return;
        }
        Case.Branch branch = choice.branches().get(index);
        Register condition = emit(branch.condition());
        String holds = isTrue(condition);
        block("if (" + holds + ")", () -> assign(target, emit(branch.value())));
        block("else", () -> branch(choice, index + 1, target));
    }

    /** A Java expression: the condition is neither false nor null. */
    static String isTrue(Register condition) {
        if (condition.alwaysNull()) {
            return "false";
        }
        return condition.neverNull() ? condition.value() : "!" + condition.isNull() + " && " + condition.value();
    }

    @Override
    public Register visitFunctionCall(FunctionCall call) {
        return call.user() != null ? new UserFunctionEmitter(this).emit(call) : new FunctionEmitter(this).emit(call);
    }

    @Override
    public Register visitCast(Cast cast) {
        return new CastEmitter(this, cast).emit();
    }

    /** A constant value of a literal, or null if the expression is something else. */
    static @Nullable Object constantOf(Expression expression) {
        return expression instanceof Literal literal ? literal.value() : null;
    }

    /** For {@link Values} in messages of the compiler. */
    static String typeNames(List<Register> registers) {
        return registers.stream()
                .map(r -> r.type().sql())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
