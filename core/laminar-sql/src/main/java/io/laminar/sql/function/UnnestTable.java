package io.laminar.sql.function;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.jspecify.annotations.Nullable;

/** UNNEST in FROM, with column names in lower case. */
public final class UnnestTable extends SqlUnnestOperator {
    private static final String UNNAMED = "EXPR$";

    private final @Nullable String element;

    /** @param element name of the column if there is but one element per row that is no struct */
    public UnnestTable(boolean withOrdinality, @Nullable String element) {
        super(withOrdinality);
        this.element = element;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType row = super.inferReturnType(binding);
        RelDataTypeFactory.Builder named = binding.getTypeFactory().builder();
        for (RelDataTypeField field : row.getFieldList()) {
            named.add(name(field.getName(), binding.getOperandCount()), field.getType());
        }
        return named.build();
    }

    private String name(String given, int operands) {
        if (given.startsWith(UNNAMED)) {
            return operands == 1 ? element == null ? "unnest" : element : "unnest" + given.substring(UNNAMED.length());
        }
        boolean builtIn = List.of(MAP_KEY_COLUMN_NAME, MAP_VALUE_COLUMN_NAME, ORDINALITY_COLUMN_NAME)
                .contains(given);
        return builtIn ? given.toLowerCase(Locale.ROOT) : given;
    }
}
