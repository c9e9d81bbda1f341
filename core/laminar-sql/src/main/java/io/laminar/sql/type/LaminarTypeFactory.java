package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.TypeWidening;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.jspecify.annotations.Nullable;

/** Calcite's types with the dialect's limits, UTF-8 text, and its own rule for what several types have in common. */
public final class LaminarTypeFactory extends SqlTypeFactoryImpl {

    public LaminarTypeFactory() {
        super(new LaminarTypeSystem());
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** The type of CASE, UNION and VALUES; rows are compared column by column. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        if (types.get(0).isStruct() && types.get(0).getStructKind() == StructKind.FULLY_QUALIFIED) {
            return super.leastRestrictive(types, rule);
        }
        List<DataType> dataTypes = new ArrayList<>(types.size());
        boolean nullable = false;
        for (RelDataType type : types) {
            Optional<DataType> dataType = RelTypes.tryFrom(type);
            if (dataType.isEmpty()) {
                return super.leastRestrictive(types, rule);
            }
            dataTypes.add(dataType.get());
            nullable |= type.isNullable();
        }
        boolean nullableResult = nullable;
        return TypeWidening.common(dataTypes)
                .map(common -> RelTypes.of(this, common, nullableResult))
                .orElse(null);
    }
}
