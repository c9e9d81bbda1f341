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
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/**
 * CREATE [TEMPORARY] TABLE, with columns, with a query (CREATE TABLE ... AS), or with options only (a connector that
 * knows its own columns).
 */
public final class CreateTable extends SqlCall {

    /** What modifies the CREATE. */
    public record Modifiers(boolean temporary, boolean ifNotExists) {}

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "CREATE TABLE",
            SqlKind.CREATE_TABLE,
            (pos, operands) -> new CreateTable(
                    pos,
                    new Modifiers(Operands.isTrue(operands, 0), Operands.isTrue(operands, 1)),
                    Operands.identifier(operands, 2),
                    Operands.list(operands, 3),
                    (Watermark) operands[4],
                    Operands.list(operands, 5),
                    Operands.list(operands, 6),
                    Operands.list(operands, 7),
                    operands[8]));

    private final Modifiers modifiers;
    private final SqlIdentifier name;
    private final SqlNodeList columns;
    private final @Nullable Watermark watermark;
    private final SqlNodeList primaryKey;
    private final SqlNodeList options;
    private final SqlNodeList partitionedBy;
    private final @Nullable SqlNode query;

    public CreateTable(
            SqlParserPos pos,
            Modifiers modifiers,
            SqlIdentifier name,
            SqlNodeList columns,
            @Nullable Watermark watermark,
            SqlNodeList primaryKey,
            SqlNodeList options,
            SqlNodeList partitionedBy,
            @Nullable SqlNode query) {
        super(pos);
        this.modifiers = modifiers;
        this.name = name;
        this.columns = columns;
        this.watermark = watermark;
        this.primaryKey = primaryKey;
        this.options = options;
        this.partitionedBy = partitionedBy;
        this.query = query;
    }

    public SqlIdentifier name() {
        return name;
    }

    public boolean temporary() {
        return modifiers.temporary();
    }

    public boolean ifNotExists() {
        return modifiers.ifNotExists();
    }

    /** The columns in the order they are written; empty when the table has a query or a self-describing connector. */
    public List<TableColumn> columns() {
        return Operands.typed(columns, TableColumn.class);
    }

    public @Nullable Watermark watermark() {
        return watermark;
    }

    /** The columns of a table-level {@code PRIMARY KEY (...)}; columns that say PRIMARY KEY are not repeated here. */
    public List<SqlIdentifier> primaryKey() {
        return Operands.typed(primaryKey, SqlIdentifier.class);
    }

    public List<TableOption> options() {
        return Operands.typed(options, TableOption.class);
    }

    /** Expressions of PARTITIONED BY; empty without one. */
    public List<SqlNode> partitionedBy() {
        return partitionedBy.getList();
    }

    /** The query of CREATE TABLE ... AS, possibly an {@link EmitQuery}; otherwise null. */
    public @Nullable SqlNode query() {
        return query;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(
                Operands.flag(temporary()),
                Operands.flag(ifNotExists()),
                name,
                columns,
                watermark,
                primaryKey,
                options,
                partitionedBy,
                query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(temporary() ? "CREATE TEMPORARY TABLE" : "CREATE TABLE");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        name.unparse(writer, 0, 0);
        unparseElements(writer);
        Operands.writeOptions(writer, options());
        if (!partitionedBy.isEmpty()) {
            writer.keyword("PARTITIONED BY");
            Operands.writeList(writer, partitionedBy);
        }
        if (query != null) {
            writer.keyword("AS");
            writer.newlineAndIndent();
            query.unparse(writer, 0, 0);
        }
    }

    private void unparseElements(SqlWriter writer) {
        if (columns.isEmpty() && watermark == null && primaryKey.isEmpty()) {
            return;
        }
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode column : columns) {
            writer.sep(",");
            column.unparse(writer, 0, 0);
        }
        if (!primaryKey.isEmpty()) {
            writer.sep(",");
            writer.keyword("PRIMARY KEY");
            Operands.writeList(writer, primaryKey);
        }
        if (watermark != null) {
            writer.sep(",");
            watermark.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }
}
