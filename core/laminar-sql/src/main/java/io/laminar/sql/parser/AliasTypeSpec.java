package io.laminar.sql.parser;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Litmus;

/**
 * A type the dialect has under a name Calcite does not know, such as TEXT or BYTEA: derives to a type of Calcite and
 * keeps the name it was written with.
 */
public final class AliasTypeSpec extends SqlBasicTypeNameSpec {

    private final String alias;

    AliasTypeSpec(String alias, SqlTypeName type, int precision, SqlParserPos pos) {
        super(type, precision, pos);
        this.alias = alias;
    }

    /** The name in upper case, without precision: {@code TEXT}, {@code BIGINT UNSIGNED}, {@code JSON}. */
    public String alias() {
        return alias;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(alias);
        if (getPrecision() >= 0) {
            SqlWriter.Frame frame = writer.startList("(", ")");
            writer.print(getPrecision());
            writer.endList(frame);
        }
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        if (!(other instanceof AliasTypeSpec that) || !alias.equals(that.alias)) {
            return litmus.fail("{} != {}", this, other);
        }
        return super.equalsDeep(other, litmus);
    }
}
