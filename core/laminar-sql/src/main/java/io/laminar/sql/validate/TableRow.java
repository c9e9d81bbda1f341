package io.laminar.sql.validate;

import io.laminar.spi.type.Schema;
import io.laminar.sql.type.RelTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table as Calcite sees it: its columns. */
final class TableRow extends AbstractTable {
    private final Schema schema;
    private final boolean lookup;

    /** @param lookup whether it is only read by key, where it is joined */
    TableRow(Schema schema, boolean lookup) {
        this.schema = schema;
        this.lookup = lookup;
    }

    boolean isLookup() {
        return lookup;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return RelTypes.row(types, schema);
    }
}
