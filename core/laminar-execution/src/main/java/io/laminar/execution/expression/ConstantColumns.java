package io.laminar.execution.expression;

import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.IdentityHashMap;

/** Columns that hold one value in every row. Their arrays are kept and shared, since nobody writes them. */
final class ConstantColumns {
    private final IdentityHashMap<OutputPlan.Constant, Column> longest = new IdentityHashMap<>();

    Column column(OutputPlan.Constant constant, int rows) {
        Column known = longest.get(constant);
        if (known == null || known.size() < rows) {
            known = repeat(Values.constant(constant.type(), constant.value()), rows);
            longest.put(constant, known);
        }
        return known.size() == rows ? known : shortened(known, rows, constant.type());
    }

    private static Column repeat(Column single, int rows) {
        return single.gather(new int[rows], rows);
    }

    private static Column shortened(Column column, int rows, DataType type) {
        boolean[] nulls = column.nulls();
        if (column instanceof LongColumn longs) {
            return new LongColumn(longs.values(), nulls, rows);
        }
        if (column instanceof IntColumn ints) {
            return new IntColumn(ints.values(), nulls, rows);
        }
        if (column instanceof DoubleColumn doubles) {
            return new DoubleColumn(doubles.values(), nulls, rows);
        }
        if (column instanceof BooleanColumn booleans) {
            return new BooleanColumn(booleans.values(), nulls, rows);
        }
        if (column instanceof BytesColumn bytes) {
            return new BytesColumn(bytes.arena(), bytes.starts(), bytes.lengths(), nulls, rows);
        }
        if (column instanceof DecimalColumn decimals) {
            return new DecimalColumn(decimals.high(), decimals.low(), nulls, rows);
        }
        if (column instanceof ListColumn lists) {
            return new ListColumn(lists.elements(), lists.starts(), lists.lengths(), nulls, rows);
        }
        if (column instanceof MapColumn maps) {
            return new MapColumn(maps.keys(), maps.values(), maps.starts(), maps.lengths(), nulls, rows);
        }
        StructColumn structs = (StructColumn) column;
        DataType.StructType struct = (DataType.StructType) type;
        Column[] members = new Column[struct.fields().size()];
        for (int i = 0; i < members.length; i++) {
            members[i] =
                    shortened(structs.member(i), rows, struct.fields().get(i).type());
        }
        return new StructColumn(Arrays.asList(members), nulls, rows);
    }
}
