package io.laminar.format.debezium;

import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** A change as a JSON record: the row before, the row after, what happened. */
final class Envelope {
    static final int BEFORE = 0;
    static final int AFTER = 1;
    static final int OP = 2;

    private Envelope() {}

    /**
     * The record that is read. All columns may be NULL in it: a row before a change often has its key only, and what is
     * NOT NULL is checked where a row comes out.
     */
    static FormatSpec read(FormatSpec table) {
        List<Field> loose = table.projected().fields().stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList();
        return json(new Schema(change(loose)), table);
    }

    /** The record that is written. */
    static FormatSpec write(FormatSpec table) {
        return json(new Schema(change(table.projected().fields())), table);
    }

    private static List<Field> change(List<Field> row) {
        DataType struct = new DataType.StructType(row);
        return List.of(new Field("before", struct), new Field("after", struct), new Field("op", Scalar.TEXT));
    }

    private static FormatSpec json(Schema schema, FormatSpec table) {
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        return new FormatSpec("json", schema, all, table.options());
    }
}
