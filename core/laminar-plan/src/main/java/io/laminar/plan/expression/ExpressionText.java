package io.laminar.plan.expression;

import io.laminar.spi.type.DataType;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Expressions as people read them. */
public final class ExpressionText implements ExpressionVisitor<String> {
    private final IntFunction<String> columnName;

    /** @param columnName name of an input column by its position */
    public ExpressionText(IntFunction<String> columnName) {
        this.columnName = columnName;
    }

    /** Columns as {@code $0}, {@code $1}, ... */
    static String numbered(Expression expression) {
        return expression.accept(new ExpressionText(i -> "$" + i));
    }

    private List<String> all(List<Expression> expressions) {
        return expressions.stream().map(e -> e.accept(this)).toList();
    }

    @Override
    public String visitInput(Expression.Input input) {
        return columnName.apply(input.index());
    }

    @Override
    public String visitRowtime(Expression.Rowtime rowtime) {
        return "row_time()";
    }

    @Override
    public String visitMember(Expression.Member member) {
        DataType.StructType struct = (DataType.StructType) member.struct().type();
        return member.struct().accept(this) + "."
                + struct.fields().get(member.index()).name();
    }

    @Override
    public String visitLiteral(Expression.Literal literal) {
        if (literal.value() instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return literal.value() instanceof String text
                ? "'" + text.replace("'", "''") + "'"
                : String.valueOf(literal.value());
    }

    @Override
    public String visitCall(Expression.Call call) {
        return call.operation().render(all(call.arguments()));
    }

    @Override
    public String visitFunctionCall(Expression.FunctionCall call) {
        return call.name() + all(call.arguments()).stream().collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String visitCast(Expression.Cast cast) {
        return (cast.lenient() ? "try_cast(" : "cast(") + cast.argument().accept(this) + " as "
                + cast.type().sql() + ")";
    }

    @Override
    public String visitCase(Expression.Case choice) {
        StringBuilder out = new StringBuilder("case");
        for (Expression.Case.Branch branch : choice.branches()) {
            out.append(" when ").append(branch.condition().accept(this));
            out.append(" then ").append(branch.value().accept(this));
        }
        return out.append(" else ")
                .append(choice.otherwise().accept(this))
                .append(" end")
                .toString();
    }
}
