package io.laminar.sql.parser;

import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.parser.ddl.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Gathers the clauses of a CREATE TABLE, which may come in many orders but each only once. */
public final class TableParts {

    public final List<SqlNode> columns = new ArrayList<>();
    public final List<SqlNode> entries = new ArrayList<>();
    public final List<SqlNode> partitionedBy = new ArrayList<>();
    private @Nullable Watermark watermark;
    private @Nullable SqlNodeList primaryKey;
    private boolean hasOptions;
    private boolean hasPartitions;

    public void setWatermark(Watermark clause) {
        once(watermark == null, "WATERMARK", clause.getParserPosition());
        watermark = clause;
    }

    public void setPrimaryKey(SqlParserPos pos, SqlNodeList names) {
        once(primaryKey == null, "PRIMARY KEY", pos);
        primaryKey = names;
    }

    public void startOptions(SqlParserPos pos) {
        once(!hasOptions, "WITH", pos);
        hasOptions = true;
    }

    public void startPartitions(SqlParserPos pos) {
        once(!hasPartitions, "PARTITIONED BY", pos);
        hasPartitions = true;
    }

    /** Whether there is anything that says what the table is, apart from a query. */
    public boolean describesTable() {
        return hasOptions || !columns.isEmpty() || watermark != null || primaryKey != null;
    }

    public CreateTable createTable(
            SqlParserPos pos, CreateTable.Modifiers modifiers, SqlIdentifier name, @Nullable SqlNode query) {
        return new CreateTable(
                pos,
                modifiers,
                name,
                new SqlNodeList(columns, pos),
                watermark,
                primaryKey == null ? SqlNodeList.EMPTY : primaryKey,
                new SqlNodeList(entries, pos),
                new SqlNodeList(partitionedBy, pos),
                query);
    }

    private static void once(boolean first, String clause, SqlParserPos pos) {
        if (!first) {
            throw SyntaxErrors.at(pos, "a table has only one " + clause, null);
        }
    }
}
