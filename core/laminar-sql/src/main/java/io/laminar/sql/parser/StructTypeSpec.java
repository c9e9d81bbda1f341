package io.laminar.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code STRUCT<name type [NOT NULL], ...>}: a row type whose fields may be NULL unless they say otherwise. */
public final class StructTypeSpec extends SqlRowTypeNameSpec {

    public StructTypeSpec(SqlParserPos pos, List<SqlIdentifier> names, List<SqlDataTypeSpec> types) {
        super(pos, names, types);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("STRUCT");
        SqlWriter.Frame frame = writer.startList("<", ">");
        for (int i = 0; i < getArity(); i++) {
            writer.sep(",");
            getFieldNames().get(i).unparse(writer, 0, 0);
            SqlDataTypeSpec type = getFieldTypes().get(i);
            type.unparse(writer, 0, 0);
            if (Boolean.FALSE.equals(type.getNullable())) {
                writer.keyword("NOT NULL");
            }
        }
        writer.endList(frame);
    }
}
