package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE [OR REPLACE] [TEMPORARY] VIEW [IF NOT EXISTS] name [(columns)] AS query}. */
public final class CreateView extends SqlCall {

    /** What modifies the CREATE. */
    public record Modifiers(boolean replace, boolean temporary, boolean ifNotExists) {}

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "CREATE VIEW",
            SqlKind.CREATE_VIEW,
            (pos, operands) -> new CreateView(
                    pos,
                    new Modifiers(
                            Operands.isTrue(operands, 0), Operands.isTrue(operands, 1), Operands.isTrue(operands, 2)),
                    Operands.identifier(operands, 3),
                    Operands.list(operands, 4),
                    Operands.node(operands, 5)));

    private final Modifiers modifiers;
    private final SqlIdentifier name;
    private final SqlNodeList columns;
    private final SqlNode query;

    public CreateView(SqlParserPos pos, Modifiers modifiers, SqlIdentifier name, SqlNodeList columns, SqlNode query) {
        super(pos);
        this.modifiers = modifiers;
        this.name = name;
        this.columns = columns;
        this.query = query;
    }

    public SqlIdentifier name() {
        return name;
    }

    public boolean replace() {
        return modifiers.replace();
    }

    public boolean temporary() {
        return modifiers.temporary();
    }

    public boolean ifNotExists() {
        return modifiers.ifNotExists();
    }

    /** New names of the query's columns; empty when the view keeps them. */
    public List<SqlIdentifier> columns() {
        return Operands.typed(columns, SqlIdentifier.class);
    }

    /** The view's query, possibly an {@link EmitQuery}. */
    public SqlNode query() {
        return query;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(
                Operands.flag(replace()),
                Operands.flag(temporary()),
                Operands.flag(ifNotExists()),
                name,
                columns,
                query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(replace() ? "CREATE OR REPLACE" : "CREATE");
        writer.keyword(temporary() ? "TEMPORARY VIEW" : "VIEW");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        name.unparse(writer, 0, 0);
        if (!columns.isEmpty()) {
            Operands.writeList(writer, columns);
        }
        writer.keyword("AS");
        writer.newlineAndIndent();
        query.unparse(writer, 0, 0);
    }
}
