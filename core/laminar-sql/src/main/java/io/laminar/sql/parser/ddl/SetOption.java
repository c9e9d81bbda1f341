package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SET name = value}. */
public final class SetOption extends SqlCall {

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "SET",
            SqlKind.SET_OPTION,
            (pos, operands) -> new SetOption(pos, Operands.identifier(operands, 0), Operands.node(operands, 1)));

    private final SqlIdentifier name;
    private final SqlNode value;

    public SetOption(SqlParserPos pos, SqlIdentifier name, SqlNode value) {
        super(pos);
        this.name = name;
        this.value = value;
    }

    /** The setting's name, its parts joined by dots, spelt as written. */
    public String name() {
        return String.join(".", name.names);
    }

    /** Where the name stands. */
    public SqlParserPos namePosition() {
        return name.getParserPosition();
    }

    /** A literal, an array of literals, or an identifier (a bare word such as {@code on}). */
    public SqlNode value() {
        return value;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("SET");
        name.unparse(writer, 0, 0);
        writer.keyword("=");
        value.unparse(writer, 0, 0);
    }
}
