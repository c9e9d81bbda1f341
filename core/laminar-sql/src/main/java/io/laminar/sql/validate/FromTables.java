package io.laminar.sql.validate;

import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.UnnestTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tables of FROM that are made of values: UNNEST, and functions that give arrays, such as {@code generate_series} and
 * those that users declared as table functions.
 */
final class FromTables {
    private static final Set<String> SERIES = Set.of("generate_series", "range");

    private final FunctionCatalog functions;
    private final ExpressionRewriter expressions;

    FromTables(FunctionCatalog functions, ExpressionRewriter expressions) {
        this.functions = functions;
        this.expressions = expressions;
    }

    /** Whether a table is UNNEST, with or without alias and LATERAL. */
    boolean isUnnest(SqlNode node) {
        return switch (node.getKind()) {
            case AS, LATERAL, COLLECTION_TABLE -> isUnnest(((SqlCall) node).operand(0));
            case UNNEST -> true;
            default -> node instanceof SqlCall call && isSeries(call);
        };
    }

    static boolean isLateral(SqlNode node) {
        return node.getKind() == SqlKind.LATERAL
                || (node.getKind() == SqlKind.AS && isLateral(((SqlCall) node).operand(0)));
    }

    /** Whether a call stands for the elements of the array it gives. */
    boolean isSeries(SqlNode node) {
        return node instanceof SqlBasicCall call
                && (SERIES.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))
                        || functions
                                .declared(call.getOperator().getName(), Places.of(call))
                                .filter(function -> function.kind() == UserFunction.Kind.TABLE)
                                .isPresent());
    }

    /** {@code UNNEST(...)}. */
    SqlNode unnest(SqlCall call, @Nullable String element) {
        boolean ordinality = ((SqlUnnestOperator) call.getOperator()).withOrdinality;
        return new UnnestTable(ordinality, element)
                .createCall(call.getParserPosition(), List.of(expressions.operands(call)));
    }

    /** A function that {@link #isSeries}, as UNNEST of the array it gives. */
    SqlNode series(SqlCall call, @Nullable String element) {
        SqlNode array = expressions.rewrite(call);
        String column = element == null ? call.getOperator().getName().toLowerCase(Locale.ROOT) : element;
        return new UnnestTable(false, column).createCall(call.getParserPosition(), array);
    }

    /** The alias of a table that has no list of column names; it names the only column, too. */
    static @Nullable String element(SqlCall as) {
        return as.getKind() == SqlKind.AS && as.operandCount() == 2
                ? ((SqlIdentifier) as.operand(1)).getSimple()
                : null;
    }

    /** With the columns that a user's table function declares, which otherwise an alias would name if there is but one. */
    SqlNode named(SqlCall as, SqlCall function) {
        UserFunction declared = functions
                .declared(function.getOperator().getName(), Places.of(function))
                .orElse(null);
        if (declared == null || !(declared.result() instanceof DataType.StructType row)) {
            return as;
        }
        List<SqlNode> operands = new ArrayList<>(as.getOperandList());
        for (Field field : row.fields()) {
            operands.add(new SqlIdentifier(field.name(), as.getParserPosition()));
        }
        return as.getOperator().createCall(as.getParserPosition(), operands);
    }

    /** The table below LATERAL and TABLE(...). */
    static SqlCall bare(SqlNode node) {
        SqlCall bare = (SqlCall) node;
        while (bare.getKind() == SqlKind.LATERAL || bare.getKind() == SqlKind.COLLECTION_TABLE) {
            bare = bare.operand(0);
        }
        return bare;
    }
}
