package io.laminar.sql.function;

import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.sql.type.Operand;
import java.util.ArrayList;
import java.util.List;

/** Makes a struct of its operands. */
public final class StructOperator extends LaminarOperator {
    private final List<String> names;

    public StructOperator(List<String> names) {
        super("STRUCT " + names);
        this.names = List.copyOf(names);
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(struct(operands), false);
    }

    public StructType struct(List<Operand> operands) {
        List<Field> fields = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(names.get(i), operands.get(i).type()));
        }
        return new StructType(fields);
    }
}
