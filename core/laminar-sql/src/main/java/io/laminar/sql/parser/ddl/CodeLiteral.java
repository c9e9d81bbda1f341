package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Program text inside a SQL text, quoted as {@code $$ ... $$}, {@code $tag$ ... $tag$} or {@code '...'}. Knows where
 * its first character stands, so that an error in the program can be told as a place in the SQL text.
 */
public final class CodeLiteral extends SqlCall {

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "CODE",
            SqlKind.OTHER_DDL,
            (pos, operands) -> new CodeLiteral(
                    pos,
                    Operands.text(Operands.node(operands, 0)),
                    Operands.at(operands, 1, SqlLiteral.class).intValue(true)));

    private final String text;
    private final int openingLength;

    /** @param openingLength characters of the opening quote, which stand before the text on its first line */
    public CodeLiteral(SqlParserPos pos, String text, int openingLength) {
        super(pos);
        this.text = text;
        this.openingLength = openingLength;
    }

    /** The program text without quotes. */
    public String text() {
        return text;
    }

    /** One-based line of the text's first character. */
    public int firstLine() {
        return getParserPosition().getLineNum();
    }

    /** One-based column of the text's first character. */
    public int firstColumn() {
        return getParserPosition().getColumnNum() + openingLength;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(
                SqlLiteral.createCharString(text, getParserPosition()),
                SqlLiteral.createExactNumeric(String.valueOf(openingLength), getParserPosition()));
    }

    /** Program texts are equal whatever quotes they stand in. */
    @Override
    public boolean equalsDeep(@Nullable SqlNode node, Litmus litmus) {
        return node instanceof CodeLiteral that && text.equals(that.text)
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, node);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        String quote = unusedQuote();
        writer.print(quote + text + quote);
        writer.setNeedWhitespace(true);
    }

    /** The shortest dollar quote the text neither contains nor runs into at its end. */
    private String unusedQuote() {
        String quote = "$$";
        for (int i = 0; text.contains(quote) || text.endsWith("$"); i++) {
            quote = "$q" + i + "$";
            if (!text.contains(quote)) {
                break;
            }
        }
        return quote;
    }
}
