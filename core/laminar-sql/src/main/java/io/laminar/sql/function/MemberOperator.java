package io.laminar.sql.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.type.Operand;
import java.util.List;

/** A member of a struct that is not simply a column: {@code (expression).member}. */
public final class MemberOperator extends LaminarOperator {
    private final String member;

    public MemberOperator(String member) {
        super("." + member);
        this.member = member;
    }

    /** Position of the member in a struct. */
    public int index(StructType struct) {
        return new Schema(struct.fields()).indexOf(member);
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        if (!(operands.get(0).type() instanceof StructType struct)) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH,
                    "'." + member + "' needs a struct, not "
                            + operands.get(0).type().sql());
        }
        int index = index(struct);
        if (index < 0) {
            List<String> names = struct.fields().stream().map(Field::name).toList();
            throw new LaminarException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "there is no member '" + member + "' in " + struct.sql(),
                    NearestName.hint(member, names));
        }
        return new Typed(struct.fields().get(index).type(), true);
    }
}
