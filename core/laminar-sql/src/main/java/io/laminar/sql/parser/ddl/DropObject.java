package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP TABLE | VIEW | FUNCTION [IF EXISTS] name}. */
public final class DropObject extends SqlCall {

    /** What is dropped. */
    public enum Kind {
        TABLE,
        VIEW,
        FUNCTION
    }

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "DROP",
            SqlKind.OTHER_DDL,
            (pos, operands) -> new DropObject(
                    pos,
                    Operands.symbol(operands, 0, Kind.class),
                    Operands.isTrue(operands, 1),
                    Operands.identifier(operands, 2)));

    private final Kind kind;
    private final boolean ifExists;
    private final SqlIdentifier name;

    public DropObject(SqlParserPos pos, Kind kind, boolean ifExists, SqlIdentifier name) {
        super(pos);
        this.kind = kind;
        this.ifExists = ifExists;
        this.name = name;
    }

    public Kind kind() {
        return kind;
    }

    public boolean ifExists() {
        return ifExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(Operands.symbol(kind), Operands.flag(ifExists), name);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("DROP");
        writer.keyword(kind.name());
        if (ifExists) {
            writer.keyword("IF EXISTS");
        }
        name.unparse(writer, 0, 0);
    }
}
