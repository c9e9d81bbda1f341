package io.laminar.sql.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.api.Test;

class RelTypesTest {
    private final LaminarTypeFactory factory = new LaminarTypeFactory();

    @Test
    void everyTypeSurvivesTheWayThroughCalcite() {
        List<DataType> types = new ArrayList<>(List.of(Scalar.values()));
        types.add(new Decimal(38, 6));
        types.add(new ListType(new ListType(Scalar.TEXT)));
        types.add(new MapType(Scalar.TEXT, new Decimal(3, 1)));
        types.add(new StructType(List.of(
                new Field("start", Scalar.TIMESTAMP),
                new Field("in", new StructType(List.of(new Field("x", Scalar.INT)))))));
        for (DataType type : types) {
            assertEquals(type, RelTypes.from(RelTypes.of(factory, type, true)));
            assertEquals(type, RelTypes.from(RelTypes.of(factory, type, false)));
        }
    }

    @Test
    void nullabilityIsKept() {
        for (boolean nullable : new boolean[] {true, false}) {
            assertEquals(nullable, RelTypes.of(factory, Scalar.TEXT, nullable).isNullable());
            assertEquals(
                    nullable,
                    RelTypes.of(factory, new ListType(Scalar.INT), nullable).isNullable());
        }
    }

    @Test
    void commonTypesFollowTheDialect() {
        assertEquals(Scalar.BIGINT, common(Scalar.INT, Scalar.BIGINT));
        assertEquals(Scalar.DOUBLE, common(new Decimal(10, 2), Scalar.DOUBLE));
        assertEquals(new Decimal(12, 2), common(new Decimal(5, 2), Scalar.INT));
        assertEquals(Scalar.TEXT, common(Scalar.NULL, Scalar.TEXT));
        assertNull(factory.leastRestrictive(List.of(of(Scalar.INT), of(Scalar.TIMESTAMP))));
    }

    private DataType common(DataType a, DataType b) {
        return RelTypes.from(java.util.Objects.requireNonNull(factory.leastRestrictive(List.of(of(a), of(b)))));
    }

    private RelDataType of(DataType type) {
        return RelTypes.of(factory, type, false);
    }
}
