package io.laminar.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.laminar.cli.output.Csv;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.output.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints resources: what a server answers, or what this process knows itself. */
public final class ResourcePrinter {
    private static final int GAP = 2;

    private final OutputFormat format;
    private final PrintStream out;
    private final int width;
    private final ObjectMapper json;

    /** @param width columns of the terminal; 0 for no limit */
    public ResourcePrinter(OutputFormat format, PrintStream out, int width, ObjectMapper json) {
        this.format = format;
        this.out = out;
        this.width = width;
        this.json = json;
    }

    /**
     * A line for every resource; as JSON all that it has.
     *
     * @param columns fields; a dot leads into a field
     * @return how many there were
     */
    public int list(Iterable<?> resources, String... columns) {
        String[] names = Arrays.stream(columns).map(ResourcePrinter::title).toArray(String[]::new);
        if (format == OutputFormat.CSV) {
            Csv.line(out, Arrays.asList(names));
        }
        List<JsonNode[]> rows = new ArrayList<>();
        int count = 0;
        for (Object resource : resources) {
            count++;
            JsonNode tree = json.valueToTree(resource);
            JsonNode[] fields = Arrays.stream(columns)
                    .map(column -> tree.at("/" + column.replace('.', '/')))
                    .toArray(JsonNode[]::new);
            switch (format) {
                case JSON -> out.println(text(tree));
                case CSV -> Csv.line(out, Arrays.stream(fields).map(this::plain).toList());
                case TABLE -> rows.add(fields);
            }
        }
        if (format == OutputFormat.TABLE) {
            table(names, rows);
        }
        out.flush();
        return count;
    }

    private static String title(String column) {
        return column.substring(column.lastIndexOf('.') + 1);
    }

    private void table(String[] names, List<JsonNode[]> rows) {
        boolean[] right = new boolean[names.length];
        for (int c = 0; c < right.length; c++) {
            int column = c;
            right[c] = !rows.isEmpty() && rows.stream().allMatch(row -> row[column].isNumber());
        }
        TextTable table = new TextTable(names, right, out, width);
        for (JsonNode[] row : rows) {
            table.add(Arrays.stream(row).map(this::cell).toArray(String[]::new));
        }
        table.finish();
    }

    /**
     * One resource: a line for every field.
     *
     * @param texts fields of several lines, which come last and as they are
     */
    void show(Object resource, String... texts) {
        JsonNode tree = json.valueToTree(resource);
        List<String> last = Arrays.asList(texts);
        switch (format) {
            case JSON -> out.println(text(tree));
            case CSV -> {
                List<String> names = new ArrayList<>();
                tree.fieldNames().forEachRemaining(names::add);
                Csv.line(out, names);
                Csv.line(out, names.stream().map(name -> plain(tree.get(name))).toList());
            }
            case TABLE -> {
                List<String> names = new ArrayList<>();
                tree.fieldNames().forEachRemaining(names::add);
                names.removeAll(last);
                int longest = names.stream()
                        .map(String::length)
                        .max(Comparator.naturalOrder())
                        .orElse(0);
                for (String name : names) {
                    out.println(name + " ".repeat(longest - name.length() + GAP) + cell(tree.get(name)));
                }
                for (String name : last) {
                    if (tree.has(name)) {
                        out.println();
                        out.println(tree.get(name).asText().stripTrailing());
                    }
                }
            }
        }
        out.flush();
    }

    private String cell(JsonNode field) {
        if (field.isMissingNode() || field.isNull()) {
            return "";
        }
        if (field.isFloatingPointNumber()) {
            // People compare sizes; JSON and CSV have every digit.
            return String.format(
                    Locale.ROOT, Math.abs(field.doubleValue()) < 100 ? "%.2f" : "%.0f", field.doubleValue());
        }
        return TextTable.oneLine(
                field.isArray() && field.size() > 0 && !field.get(0).isContainerNode()
                        ? String.join(", ", elements(field))
                        : plain(field));
    }

    private static List<String> elements(JsonNode array) {
        List<String> elements = new ArrayList<>();
        array.forEach(element -> elements.add(element.asText()));
        return elements;
    }

    private String plain(JsonNode field) {
        return field.isMissingNode() || field.isNull()
                ? ""
                : field.isValueNode() ? field.asText() : field.isEmpty() ? "" : text(field);
    }

    private String text(JsonNode tree) {
        try {
            return json.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written", e);
        }
    }
}
