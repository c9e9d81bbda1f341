package io.laminar.sql.function;

import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.sql.type.Operand;
import java.util.List;

/**
 * The windows a row belongs to, as STRUCT&lt;start TIMESTAMP, "end" TIMESTAMP&gt;. Only grouping can compute it: a row may
 * have several. The operand, if there is one, is the time that decides; without it, it is the row's event time.
 */
public final class WindowOperator extends LaminarOperator {
    public static final StructType TYPE =
            new StructType(List.of(new Field("start", Scalar.TIMESTAMP), new Field("end", Scalar.TIMESTAMP)));

    private final String function;
    private final WindowSpec spec;
    private final Place.Sql place;

    public WindowOperator(String function, WindowSpec spec, Place.Sql place) {
        super(spec.toString());
        this.function = function;
        this.spec = spec;
        this.place = place;
    }

    /** Where the call stands. */
    public Place.Sql place() {
        return place;
    }

    /** As written: tumble, hop, session, cumulate. */
    public String function() {
        return function;
    }

    public WindowSpec spec() {
        return spec;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(TYPE, false);
    }
}
