package io.laminar.sql.validate;

import io.laminar.spi.type.Schema;
import io.laminar.sql.type.RelTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table as Calcite sees it: its columns. */
final class TableRow extends AbstractTable {
    private final Schema schema;

    TableRow(Schema schema) {
        this.schema = schema;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return RelTypes.row(types, schema);
    }
}
