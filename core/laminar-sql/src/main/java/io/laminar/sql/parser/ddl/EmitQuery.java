package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** A query followed by {@code EMIT FINAL}, {@code EMIT CHANGES} or {@code EMIT EVERY interval}. */
public final class EmitQuery extends SqlCall {

    /** When a query gives results. */
    public enum Mode {
        /** Once, when a window is complete. */
        FINAL,
        /** As a changelog, consolidated per flush interval. */
        CHANGES,
        /** As a changelog, in steps of an interval. */
        EVERY
    }

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "EMIT",
            SqlKind.OTHER,
            (pos, operands) -> new EmitQuery(
                    pos, Operands.node(operands, 0), Operands.symbol(operands, 1, Mode.class), operands[2]));

    private final SqlNode query;
    private final Mode mode;
    private final @Nullable SqlNode interval;

    /** @param interval an interval literal for {@link Mode#EVERY}, otherwise null */
    public EmitQuery(SqlParserPos pos, SqlNode query, Mode mode, @Nullable SqlNode interval) {
        super(pos);
        this.query = query;
        this.mode = mode;
        this.interval = interval;
    }

    public SqlNode query() {
        return query;
    }

    public Mode mode() {
        return mode;
    }

    /** The step of EMIT EVERY, an interval literal; null for the other modes. */
    public @Nullable SqlNode interval() {
        return interval;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(query, Operands.symbol(mode), interval);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        query.unparse(writer, 0, 0);
        writer.newlineAndIndent();
        writer.keyword("EMIT");
        writer.keyword(mode.name());
        if (interval != null) {
            interval.unparse(writer, 0, 0);
        }
    }
}
