package io.laminar.sql.parser;

import io.laminar.sql.parser.ddl.TableColumn;
import io.laminar.sql.parser.ddl.TableColumn.Origin;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Gathers what stands after a column's type, in any order. */
public final class ColumnParts {

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private boolean notNull;
    private boolean primaryKey;
    private Origin origin = Origin.PHYSICAL;
    private @Nullable SqlNode source;

    public ColumnParts(SqlIdentifier name, SqlDataTypeSpec type) {
        this.name = name;
        this.type = type;
    }

    public void notNull(SqlParserPos pos) {
        require(!notNull, "NOT NULL", pos);
        notNull = true;
    }

    public void primaryKey(SqlParserPos pos) {
        require(!primaryKey, "PRIMARY KEY", pos);
        primaryKey = true;
    }

    public void metadata(SqlParserPos pos) {
        startOrigin(Origin.METADATA, pos);
    }

    public void metadataKey(SqlNode key) {
        source = key;
    }

    /** STORED unless the column goes on to say VIRTUAL. */
    public void generated(SqlParserPos pos) {
        startOrigin(Origin.STORED, pos);
    }

    public void expression(SqlNode expression) {
        source = expression;
    }

    public void stored(boolean stored) {
        origin = stored ? Origin.STORED : Origin.VIRTUAL;
    }

    public TableColumn create(SqlParserPos pos) {
        return new TableColumn(pos, name, type, notNull, primaryKey, origin, source);
    }

    private void startOrigin(Origin next, SqlParserPos pos) {
        if (origin != Origin.PHYSICAL) {
            throw SyntaxErrors.at(pos, "a column is either METADATA or GENERATED, and only once", null);
        }
        origin = next;
    }

    private static void require(boolean first, String clause, SqlParserPos pos) {
        if (!first) {
            throw SyntaxErrors.at(pos, clause + " stands twice on one column", null);
        }
    }
}
