package io.laminar.sql.parser;

import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** The type {@code INTERVAL [qualifier]}; without a qualifier it is a time span of days to seconds. */
public final class IntervalTypeSpec extends SqlTypeNameSpec {

    private final @Nullable SqlIntervalQualifier qualifier;

    public IntervalTypeSpec(@Nullable SqlIntervalQualifier qualifier, SqlParserPos pos) {
        super(new SqlIdentifier("INTERVAL", pos), pos);
        this.qualifier = qualifier;
    }

    /** The qualifier as written, or null. */
    public @Nullable SqlIntervalQualifier qualifier() {
        return qualifier;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        SqlIntervalQualifier range =
                qualifier != null ? qualifier : new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, getParserPos());
        return validator.getTypeFactory().createSqlIntervalType(range);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("INTERVAL");
        if (qualifier != null) {
            qualifier.unparse(writer, 0, 0);
        }
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        return other instanceof IntervalTypeSpec that
                        && Objects.equals(String.valueOf(qualifier), String.valueOf(that.qualifier))
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, other);
    }
}
