package io.laminar.sql.parser.ddl;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code CREATE [OR REPLACE] [AGGREGATE | TABLE | ASYNC] FUNCTION name(parameters) RETURNS type LANGUAGE language [WITH
 * (...)] AS $$ body $$}.
 */
public final class CreateFunction extends SqlCall {

    /** What the function computes from what. */
    public enum Kind {
        /** One value from the values of a row. */
        SCALAR,
        /** One value from the values of many rows. */
        AGGREGATE,
        /** Any number of rows from the values of a row. */
        TABLE,
        /** One value from the values of a row, later. */
        ASYNC
    }

    private static final SqlOperator OPERATOR = new RebuildingOperator(
            "CREATE FUNCTION",
            SqlKind.CREATE_FUNCTION,
            (pos, operands) -> new CreateFunction(
                    pos,
                    Operands.isTrue(operands, 0),
                    Operands.symbol(operands, 1, Kind.class),
                    Operands.identifier(operands, 2),
                    Operands.list(operands, 3),
                    Operands.at(operands, 4, SqlDataTypeSpec.class),
                    Operands.identifier(operands, 5),
                    Operands.list(operands, 6),
                    Operands.at(operands, 7, CodeLiteral.class)));

    private final boolean replace;
    private final Kind kind;
    private final SqlIdentifier name;
    private final SqlNodeList parameters;
    private final SqlDataTypeSpec returns;
    private final SqlIdentifier language;
    private final SqlNodeList options;
    private final CodeLiteral body;

    public CreateFunction(
            SqlParserPos pos,
            boolean replace,
            Kind kind,
            SqlIdentifier name,
            SqlNodeList parameters,
            SqlDataTypeSpec returns,
            SqlIdentifier language,
            SqlNodeList options,
            CodeLiteral body) {
        super(pos);
        this.replace = replace;
        this.kind = kind;
        this.name = name;
        this.parameters = parameters;
        this.returns = returns;
        this.language = language;
        this.options = options;
        this.body = body;
    }

    public boolean replace() {
        return replace;
    }

    public Kind kind() {
        return kind;
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<FunctionParameter> parameters() {
        return Operands.typed(parameters, FunctionParameter.class);
    }

    /** The result type; its {@code getNullable()} is FALSE after RETURNS type NOT NULL and TRUE otherwise. */
    public SqlDataTypeSpec returns() {
        return returns;
    }

    /** The language as written, for example {@code java}. */
    public SqlIdentifier language() {
        return language;
    }

    public List<TableOption> options() {
        return Operands.typed(options, TableOption.class);
    }

    public CodeLiteral body() {
        return body;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(
                Operands.flag(replace), Operands.symbol(kind), name, parameters, returns, language, options, body);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(replace ? "CREATE OR REPLACE" : "CREATE");
        if (kind != Kind.SCALAR) {
            writer.keyword(kind.name());
        }
        writer.keyword("FUNCTION");
        name.unparse(writer, 0, 0);
        Operands.writeList(writer, parameters);
        writer.keyword("RETURNS");
        returns.unparse(writer, 0, 0);
        if (Boolean.FALSE.equals(returns.getNullable())) {
            writer.keyword("NOT NULL");
        }
        writer.keyword("LANGUAGE");
        language.unparse(writer, 0, 0);
        Operands.writeOptions(writer, options());
        writer.keyword("AS");
        body.unparse(writer, 0, 0);
    }
}
