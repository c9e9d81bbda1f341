package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.UnknownOperator;
import io.laminar.sql.type.LaminarTypeFactory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.Resources;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator for queries that went through {@link QueryRewriter}. An error in one expression is reported and
 * the expression stands as an unknown value from then on, so that one run shows the errors of all expressions.
 */
public final class QueryValidator extends SqlValidatorImpl {
    private final ErrorCollector errors;
    private final Set<SqlValidatorNamespace> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> columnNames = new TreeSet<>();
    private final IdentityHashMap<CalciteContextException, CalciteErrors.Cause> causes = new IdentityHashMap<>();

    public QueryValidator(SqlValidatorCatalogReader catalog, LaminarTypeFactory types, ErrorCollector errors) {
        super(
                SqlStdOperatorTable.instance(),
                catalog,
                types,
                SqlValidator.Config.DEFAULT
                        .withConformance(Conformance.INSTANCE)
                        .withIdentifierExpansion(true)
                        .withCallRewrite(false)
                        .withTypeCoercionEnabled(true)
                        .withTypeCoercionFactory((factory, validator) -> new NoCoercion()));
        this.errors = errors;
    }

    /** The error in Laminar's words. */
    public LaminarException translate(CalciteContextException error) {
        return CalciteErrors.translate(error, causes.get(error), columnNames);
    }

    @Override
    public CalciteContextException newValidationError(SqlNode node, Resources.ExInst<SqlValidatorException> instance) {
        CalciteContextException error = super.newValidationError(node, instance);
        causes.put(error, new CalciteErrors.Cause(instance.raw(), node));
        return error;
    }

    /** Names without parentheses are columns; those that mean a function have been rewritten. */
    @Override
    public @Nullable SqlCall makeNullaryCall(SqlIdentifier identifier) {
        return null;
    }

    @Override
    public SqlNode expand(SqlNode expression, SqlValidatorScope scope) {
        try {
            return StructMembers.asCalls(super.expand(expression, scope));
        } catch (CalciteContextException e) {
            return partly(expression, e, operand -> expand(operand, scope));
        }
    }

    @Override
    public SqlNode expandSelectExpr(
            SqlNode expression, SelectScope scope, SqlSelect select, Map<String, SqlNode> expansions) {
        try {
            return StructMembers.asCalls(super.expandSelectExpr(expression, scope, select, expansions));
        } catch (CalciteContextException e) {
            return partly(expression, e, operand -> expandSelectExpr(operand, scope, select, expansions));
        }
    }

    @Override
    public SqlNode expandOrderExpr(SqlSelect select, SqlNode expression) {
        SqlNode expanded = StructMembers.asCalls(super.expandOrderExpr(select, expression));
        deriveType(getOrderScope(select), expanded);
        return expanded;
    }

    @Override
    protected RelDataType validateSelectList(SqlNodeList items, SqlSelect select, RelDataType target) {
        return super.validateSelectList(RestColumns.expand(items, getSelectScope(select)), select, target);
    }

    @Override
    protected void validateGroupClause(SqlSelect select) {
        super.validateGroupClause(select);
        SqlNodeList groups = select.getGroup();
        if (groups != null) {
            SqlNodeList members = new SqlNodeList(groups.getParserPosition());
            for (SqlNode group : groups) {
                members.add(groupMember(select, java.util.Objects.requireNonNull(group)));
            }
            select.setGroupBy(members);
        }
    }

    private SqlNode groupMember(SqlSelect select, SqlNode group) {
        switch (group.getKind()) {
            case ROLLUP, CUBE, GROUPING_SETS, GROUP_BY_DISTINCT, ROW -> {
                SqlCall sets = (SqlCall) group;
                for (int i = 0; i < sets.operandCount(); i++) {
                    sets.setOperand(i, groupMember(select, sets.operand(i)));
                }
                return sets;
            }
            default -> {
                if (group instanceof SqlNodeList list) {
                    return list.stream()
                            .map(item -> groupMember(select, java.util.Objects.requireNonNull(item)))
                            .collect(SqlNode.toList(list.getParserPosition()));
                }
                SqlNode member = StructMembers.asCalls(group);
                setValidatedNodeType(member, deriveType(getGroupScope(select), member));
                return member;
            }
        }
    }

    @Override
    protected void validateHavingClause(SqlSelect select) {
        SqlNode having = select.getHaving();
        if (having != null) {
            try {
                select.setHaving(StructMembers.asCalls(super.expand(having, getHavingScope(select))));
            } catch (CalciteContextException e) {
                // It names an alias, which only the next step knows, or has an error that the next step reports.
                select.setHaving(having);
            }
        }
        super.validateHavingClause(select);
    }

    /** Expands the operands one by one, so that each wrong name is reported, not only the first. */
    private SqlNode partly(SqlNode expression, CalciteContextException error, UnaryOperator<SqlNode> expand) {
        if (!(expression instanceof SqlCall call) || call instanceof SqlCase || call.operandCount() == 0) {
            return unknown(error, expression);
        }
        int before = errors.size();
        int last = call.getKind() == SqlKind.AS ? 1 : call.operandCount();
        for (int i = 0; i < last; i++) {
            SqlNode operand = call.operand(i);
            if (operand != null && !(operand instanceof SqlNodeList)) {
                call.setOperand(i, expand.apply(operand));
            }
        }
        return errors.size() > before ? call : unknown(error, expression);
    }

    /** An unknown condition has been reported already. */
    @Override
    protected void validateWhereOrOn(SqlValidatorScope scope, SqlNode condition, String clause) {
        boolean unknown = condition instanceof SqlCall call && call.getOperator() instanceof UnknownOperator;
        if (!unknown) {
            super.validateWhereOrOn(scope, condition, clause);
        }
    }

    private SqlNode unknown(CalciteContextException error, SqlNode expression) {
        errors.add(translate(error));
        return UnknownOperator.INSTANCE.call(expression.getParserPosition());
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        try {
            return super.deriveType(scope, expression);
        } catch (CalciteContextException e) {
            return unknownType(expression, translate(e));
        } catch (LaminarException e) {
            return unknownType(expression, e);
        }
    }

    private RelDataType unknownType(SqlNode expression, LaminarException error) {
        errors.add(error.at(Places.of(expression)));
        RelDataType type = UnknownOperator.type(typeFactory);
        setValidatedNodeType(expression, type);
        return type;
    }

    /** Remembers the columns of what the query reads, for hints. */
    @Override
    protected void validateNamespace(SqlValidatorNamespace namespace, RelDataType target) {
        if (!open.add(namespace)) {
            throw new LaminarException(
                    ErrorCode.AMBIGUOUS_COLUMN,
                    "a name in UNNEST is looked for in its own columns, because it is also a member of a struct",
                    Places.of(java.util.Objects.requireNonNull(namespace.getEnclosingNode())),
                    "put the table's name before it: UNNEST(t.list)",
                    null);
        }
        try {
            super.validateNamespace(namespace, target);
        } finally {
            open.remove(namespace);
        }
        addNames(namespace.getRowType());
    }

    private void addNames(RelDataType row) {
        for (RelDataTypeField field : row.getFieldList()) {
            columnNames.add(field.getName());
            if (field.getType().isStruct()) {
                addNames(field.getType());
            }
        }
    }
}
