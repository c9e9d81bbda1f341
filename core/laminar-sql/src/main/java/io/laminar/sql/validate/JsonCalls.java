package io.laminar.sql.validate;

import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.CastOperator;
import io.laminar.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The clauses that JSON functions have in standard SQL, which the parser hands over as further operands. RETURNING is a
 * cast; a clause that says what holds anyway is left out; any other is refused with what to write instead.
 */
final class JsonCalls {
    private static final Set<String> NAMES =
            Set.of("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS", "JSON_OBJECT", "JSON_ARRAY");

    /** What the functions do without a clause. */
    private static final Set<String> DEFAULTS =
            Set.of("NULL", "FALSE", "EMPTY", "WITHOUT_ARRAY", "NULL_ON_NULL", "RETURNING");

    private JsonCalls() {}

    static boolean matches(SqlCall call) {
        return NAMES.contains(call.getOperator().getName());
    }

    /** The call with nothing but its arguments. */
    static SqlNode plain(SqlCall call, FunctionCalls functions, ExpressionRewriter expressions) {
        String name = call.getOperator().getName().toLowerCase(java.util.Locale.ROOT);
        List<SqlNode> arguments = new ArrayList<>();
        SqlDataTypeSpec returning = null;
        boolean emptyOrError = false;
        for (@Nullable SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlDataTypeSpec type) {
                returning = type;
            } else if (operand instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL) {
                String clause = literal.getValue() instanceof Enum<?> symbol ? symbol.name() : "";
                // ERROR is a behaviour, or, behind a behaviour, the occasion for it.
                if (!DEFAULTS.contains(clause) && !(clause.equals("ERROR") && emptyOrError)) {
                    throw refused(call, name, clause);
                }
                emptyOrError = clause.equals("NULL") && name.equals("json_value");
            } else if (operand != null) {
                arguments.add(expressions.rewrite(operand));
            }
        }
        SqlNode value = functions.resolved(name, arguments, call.getParserPosition());
        return returning == null
                ? value
                : new CastOperator(TypeSpecs.read(returning), false).call(call.getParserPosition(), value);
    }

    private static LaminarException refused(SqlCall call, String name, String clause) {
        String hint =
                switch (name) {
                    case "json_object", "json_array" -> "NULLs stay as null; leave the clause out";
                    case "json_query" ->
                        "it gives NULL where there is nothing, and one value as it is; extract_json gives all as an array";
                    default -> "it gives NULL where there is nothing: coalesce(" + name + "(...), other)";
                };
        return ExpressionRewriter.unsupported(call, clause.replace('_', ' ') + " in " + name, hint);
    }
}
