package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes operand lists. Flags and names are operands too, as literals, so that Calcite's comparison and
 * copying of calls sees the whole node.
 */
final class Operands {

    private Operands() {}

    static SqlNode flag(boolean value) {
        return SqlLiteral.createBoolean(value, SqlParserPos.ZERO);
    }

    static SqlNode symbol(Enum<?> value) {
        return SqlLiteral.createSymbol(value, SqlParserPos.ZERO);
    }

    static boolean isTrue(@Nullable SqlNode[] operands, int index) {
        return at(operands, index, SqlLiteral.class).booleanValue();
    }

    static <E extends Enum<E>> E symbol(@Nullable SqlNode[] operands, int index, Class<E> type) {
        return type.cast(at(operands, index, SqlLiteral.class).getValue());
    }

    static SqlIdentifier identifier(@Nullable SqlNode[] operands, int index) {
        return at(operands, index, SqlIdentifier.class);
    }

    static SqlNodeList list(@Nullable SqlNode[] operands, int index) {
        return at(operands, index, SqlNodeList.class);
    }

    static SqlNode node(@Nullable SqlNode[] operands, int index) {
        return at(operands, index, SqlNode.class);
    }

    static <T extends SqlNode> T at(@Nullable SqlNode[] operands, int index, Class<T> type) {
        SqlNode operand = operands[index];
        if (operand == null) {
            throw new IllegalArgumentException("operand " + index + " is missing");
        }
        return type.cast(operand);
    }

    /** The text of a character literal, without quotes. */
    static String text(SqlNode literal) {
        return ((SqlLiteral) literal).getValueAs(NlsString.class).getValue();
    }

    /** Writes {@code (item, item, ...)}. */
    static void writeList(SqlWriter writer, Iterable<? extends SqlNode> items) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode item : items) {
            writer.sep(",");
            item.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    /** Writes {@code WITH (key = value, ...)}, or nothing when there are no options. */
    static void writeOptions(SqlWriter writer, List<TableOption> options) {
        if (!options.isEmpty()) {
            writer.keyword("WITH");
            writeList(writer, options);
        }
    }

    /** The items of a list that holds nodes of one kind. */
    static <T extends SqlNode> List<T> typed(SqlNodeList nodes, Class<T> type) {
        return nodes.getList().stream().map(type::cast).toList();
    }
}
