package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** A column of CREATE TABLE: {@code name type [NOT NULL] [PRIMARY KEY] [METADATA [FROM 'key']] [GENERATED ...]}. */
public final class TableColumn extends SqlCall {

    /** Where a column's values come from. */
    public enum Origin {
        /** A field of the record. */
        PHYSICAL,
        /** Metadata of the connector, such as a topic or an offset. */
        METADATA,
        /** Computed once, when the row is read; written like a physical column. */
        STORED,
        /** Computed when the row is read, never written. */
        VIRTUAL
    }

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "COLUMN",
            SqlKind.COLUMN_DECL,
            (pos, operands) -> new TableColumn(
                    pos,
                    Operands.identifier(operands, 0),
                    Operands.at(operands, 1, SqlDataTypeSpec.class),
                    Operands.isTrue(operands, 2),
                    Operands.isTrue(operands, 3),
                    Operands.symbol(operands, 4, Origin.class),
                    operands[5]));

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final boolean notNull;
    private final boolean primaryKey;
    private final Origin origin;
    private final @Nullable SqlNode source;

    /**
     * @param source the expression of a generated column, the metadata key (a string literal) of a metadata column that
     *     names one, otherwise null
     */
    public TableColumn(
            SqlParserPos pos,
            SqlIdentifier name,
            SqlDataTypeSpec type,
            boolean notNull,
            boolean primaryKey,
            Origin origin,
            @Nullable SqlNode source) {
        super(pos);
        this.name = name;
        this.type = type;
        this.notNull = notNull;
        this.primaryKey = primaryKey;
        this.origin = origin;
        this.source = source;
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlDataTypeSpec type() {
        return type;
    }

    public boolean notNull() {
        return notNull;
    }

    /** Whether the column itself says PRIMARY KEY; a key over several columns is a clause of the table. */
    public boolean primaryKey() {
        return primaryKey;
    }

    public Origin origin() {
        return origin;
    }

    /** The connector's name for a metadata column's value: what FROM says, or the column's own name. */
    public @Nullable String metadataKey() {
        if (origin != Origin.METADATA) {
            return null;
        }
        return source == null ? name.getSimple() : Operands.text(source);
    }

    /** The expression of a generated column, otherwise null. */
    public @Nullable SqlNode expression() {
        return origin == Origin.STORED || origin == Origin.VIRTUAL ? source : null;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(
                name, type, Operands.flag(notNull), Operands.flag(primaryKey), Operands.symbol(origin), source);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        if (notNull) {
            writer.keyword("NOT NULL");
        }
        if (primaryKey) {
            writer.keyword("PRIMARY KEY");
        }
        switch (origin) {
            case PHYSICAL -> {}
            case METADATA -> unparseMetadata(writer);
            case STORED, VIRTUAL -> unparseGenerated(writer);
        }
    }

    private void unparseMetadata(SqlWriter writer) {
        writer.keyword("METADATA");
        if (source != null) {
            writer.keyword("FROM");
            source.unparse(writer, 0, 0);
        }
    }

    private void unparseGenerated(SqlWriter writer) {
        writer.keyword("GENERATED ALWAYS AS");
        if (source != null) {
            Operands.writeList(writer, List.of(source));
        }
        writer.keyword(origin.name());
    }
}
