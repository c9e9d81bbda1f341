package io.laminar.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** A star in a SELECT list that leaves out some columns. */
final class RestColumns extends SqlIdentifier {
    private final Set<String> without;

    /** @param without names in lower case */
    RestColumns(Set<String> without, SqlParserPos position) {
        super(List.of(""), null, position, List.of(position));
        this.without = Set.copyOf(without);
    }

    @Override
    public SqlNode clone(SqlParserPos position) {
        return new RestColumns(without, position);
    }

    /** The items of a SELECT list with such a star written out. */
    static SqlNodeList expand(SqlNodeList items, SqlValidatorScope scope) {
        if (items.stream().noneMatch(RestColumns.class::isInstance)) {
            return items;
        }
        List<SqlNode> expanded = new ArrayList<>();
        for (SqlNode item : items) {
            if (item instanceof RestColumns rest && scope instanceof ListScope list) {
                list.getChildren().forEach(child -> rest.addTo(expanded, child));
            } else {
                expanded.add(Objects.requireNonNull(item));
            }
        }
        return new SqlNodeList(expanded, items.getParserPosition());
    }

    private void addTo(List<SqlNode> items, SqlValidatorNamespace input) {
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            if (!without.contains(field.getName().toLowerCase(Locale.ROOT))) {
                items.add(new SqlIdentifier(field.getName(), getParserPosition()));
            }
        }
    }
}
