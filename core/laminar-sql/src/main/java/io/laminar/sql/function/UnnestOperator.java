package io.laminar.sql.function;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.Field;
import io.laminar.sql.type.Operand;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code unnest(x)} in the SELECT list: one row per element; several in one list go side by side. */
public final class UnnestOperator extends LaminarOperator {
    private final Place.Sql place;

    public UnnestOperator(Place.Sql place) {
        super("unnest");
        this.place = place;
    }

    /** A call with exactly one argument. */
    public SqlNode call(SqlParserPos position, List<SqlNode> arguments) {
        if (arguments.size() != 1) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "unnest takes 1 argument, not " + arguments.size(),
                    place,
                    "write unnest(a), unnest(b) for elements side by side",
                    null);
        }
        return createCall(position, arguments);
    }

    /** The refusal of a call that does not stand in a SELECT list. */
    public LaminarException misplaced() {
        return new LaminarException(
                ErrorCode.INVALID_QUERY,
                "unnest gives several rows, so it can only stand in the SELECT list or in FROM",
                place,
                "SELECT ... FROM t CROSS JOIN UNNEST(t.list) AS u(x) WHERE x > 1",
                null);
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(element(operands.get(0).type()), true);
    }

    /** What the elements of a collection are: those of an array, or the entries of a map. */
    public static DataType element(DataType collection) {
        if (collection instanceof ListType list) {
            return list.element();
        }
        if (collection instanceof MapType map) {
            return new DataType.StructType(List.of(new Field("key", map.key()), new Field("value", map.value())));
        }
        throw new LaminarException(ErrorCode.TYPE_MISMATCH, "unnest takes an array or a map, not " + collection.sql());
    }
}
