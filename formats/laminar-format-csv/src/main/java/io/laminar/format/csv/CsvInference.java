package io.laminar.format.csv;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.ValueKinds;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns of CSV: of the start of a file, with a line of names or without. */
final class CsvInference {
    private static final int MOST_RECORDS = 10_000;
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_ .\\-/()%#]{0,63}";

    private final byte[] bytes;
    private final OptionValues options;
    private final Dialect dialect;
    private final FieldScanner fields;
    private int at;

    private CsvInference(byte[] bytes, OptionValues options) {
        this.bytes = bytes;
        this.options = options;
        this.dialect = Dialect.of(options);
        this.fields = new FieldScanner(dialect);
    }

    static InferredSchema of(byte[] sample, OptionValues options) {
        return new CsvInference(sample, options).schema();
    }

    private InferredSchema schema() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        while (at < bytes.length && rows.size() < MOST_RECORDS) {
            int start = at;
            List<@Nullable String> row = row(rows.size() + 1);
            boolean cut = at >= bytes.length && bytes[bytes.length - 1] != '\n' && rows.size() > 1;
            if (cut && row.size() < rows.get(0).size()) {
                notes.add("the last record is cut off and was left out");
            } else if (at > start && !(row.size() == 1 && row.get(0) == null)) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new LaminarException(ErrorCode.INVALID_SCHEMA, "there are no records in it");
        }
        boolean header = options.has(CsvFormat.HEADER) ? dialect.header() : isHeader(rows);
        int records = rows.size() - (header ? 1 : 0);
        notes.add(0, "from " + records + (records == 1 ? " record" : " records"));
        Map<String, String> needed = new TreeMap<>();
        if (!options.has(CsvFormat.HEADER)) {
            notes.add(header ? "the first line has the names of the columns" : "the first line is a record");
        }
        if (!header) {
            needed.put(CsvFormat.HEADER.name(), "false");
        }
        return InferredSchema.of(columns(rows, header), needed, notes);
    }

    /** The fields of the next record; null is a field that says NULL. */
    private List<@Nullable String> row(int number) {
        List<@Nullable String> row = new ArrayList<>();
        int start = at;
        do {
            int next = fields.scan(bytes, at, bytes.length, true);
            if (next < 0) {
                String reason = next == FieldScanner.MALFORMED ? fields.reason() : "a quote is not closed";
                throw new LaminarException(
                        ErrorCode.BAD_RECORD,
                        "record " + number + ": " + reason,
                        new Place.Data("the sample", number, start),
                        "csv.delimiter, csv.quote and csv.escape say which signs are used",
                        null);
            }
            row.add(field());
            at = next;
        } while (!fields.endsRecord());
        return row;
    }

    private @Nullable String field() {
        String text;
        if (fields.escaped()) {
            byte[] plain = new byte[fields.to() - fields.from()];
            text = new String(plain, 0, fields.unescape(bytes, plain), StandardCharsets.UTF_8);
        } else {
            text = new String(bytes, fields.from(), fields.to() - fields.from(), StandardCharsets.UTF_8);
        }
        boolean isNull = !fields.quoted() && text.equals(new String(dialect.nullText(), StandardCharsets.UTF_8));
        return isNull ? null : text;
    }

    /** Whether the first row has names: different texts, and no row of values looks like it unless all is text. */
    private static boolean isHeader(List<List<@Nullable String>> rows) {
        Set<String> names = new HashSet<>();
        boolean plain = true;
        for (String name : rows.get(0)) {
            if (name == null || !name.matches(NAME) || !isText(name) || !names.add(name)) {
                return false;
            }
            plain &= name.matches("[A-Za-z_][A-Za-z0-9_]*");
        }
        if (rows.size() == 1) {
            return plain;
        }
        for (int column = 0; column < rows.get(0).size(); column++) {
            if (!kinds(rows.subList(1, rows.size()), column).isText()) {
                return true;
            }
        }
        return plain;
    }

    private static boolean isText(String text) {
        ValueKinds kinds = new ValueKinds();
        kinds.addBare(text);
        return kinds.isText();
    }

    private static ValueKinds kinds(List<List<@Nullable String>> rows, int column) {
        ValueKinds kinds = new ValueKinds();
        for (List<@Nullable String> row : rows) {
            String value = column < row.size() ? row.get(column) : null;
            if (value == null) {
                kinds.addNull();
            } else {
                kinds.addBare(value);
            }
        }
        return kinds;
    }

    private static List<InferredColumn> columns(List<List<@Nullable String>> rows, boolean header) {
        List<List<@Nullable String>> values = header ? rows.subList(1, rows.size()) : rows;
        int width = header
                ? rows.get(0).size()
                : rows.stream().mapToInt(List::size).max().orElse(0);
        List<InferredColumn> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = header ? rows.get(0).get(i) : null;
            columns.add(kinds(values, i).column(name == null ? "column" + (i + 1) : name.strip(), Scalar.TEXT));
        }
        return columns;
    }
}
