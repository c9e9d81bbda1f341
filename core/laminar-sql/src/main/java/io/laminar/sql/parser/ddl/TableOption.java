package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * One {@code key = value} of a WITH clause. The key is a dotted name or a string; the value is a literal (string,
 * number, boolean, interval) or a call of {@code ARRAY_VALUE_CONSTRUCTOR} over such values.
 */
public final class TableOption extends SqlCall {

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "OPTION",
            SqlKind.OTHER_DDL,
            (pos, operands) -> new TableOption(pos, Operands.node(operands, 0), Operands.node(operands, 1)));

    /** A string literal, however the key was written. */
    private final SqlNode key;

    private final SqlNode value;

    /** @param key a string literal, or an identifier whose parts are joined by dots */
    public TableOption(SqlParserPos pos, SqlNode key, SqlNode value) {
        super(pos);
        this.key = key instanceof SqlIdentifier name
                ? SqlLiteral.createCharString(String.join(".", name.names), key.getParserPosition())
                : key;
        this.value = value;
    }

    /** The key as text, spelt as written. */
    public String key() {
        return Operands.text(key);
    }

    /** Where the key stands. */
    public SqlParserPos keyPosition() {
        return key.getParserPosition();
    }

    /** The value: a literal or an array of literals. */
    public SqlNode value() {
        return value;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(key, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        key.unparse(writer, 0, 0);
        writer.keyword("=");
        value.unparse(writer, 0, 0);
    }
}
