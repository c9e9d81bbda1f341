package io.laminar.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What {@code GROUP BY ALL} groups by. */
public final class AllItems extends SqlIdentifier {

    public AllItems(SqlParserPos position) {
        super(List.of(""), null, position, List.of(position));
    }

    @Override
    public SqlNode clone(SqlParserPos position) {
        return new AllItems(position);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("ALL");
    }
}
