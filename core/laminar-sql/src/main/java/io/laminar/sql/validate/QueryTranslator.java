package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.catalog.Catalog;
import io.laminar.sql.catalog.CatalogEntry;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableUse;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.LaminarOperator;
import io.laminar.sql.subquery.SubqueryRewriter;
import io.laminar.sql.type.LaminarTypeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Queries to relational algebra: rewriting, validation, conversion. Errors are collected. */
public final class QueryTranslator {
    private final Catalog catalog;
    private final FunctionCatalog functions;
    private final ErrorCollector errors;
    private final LaminarTypeFactory types = new LaminarTypeFactory();

    public QueryTranslator(Catalog catalog, FunctionCatalog functions, ErrorCollector errors) {
        this.catalog = catalog;
        this.functions = functions;
        this.errors = errors;
    }

    /**
     * The algebra of a query, or nothing when it has errors.
     *
     * @param query as parsed; it is copied first
     */
    public Optional<RelNode> translate(SqlNode query) {
        int before = errors.size();
        CalciteSchema tables = CalciteSchema.createRootSchema(false, false);
        CalciteCatalogReader reader = reader(tables);
        QueryValidator validator = new QueryValidator(reader, types, errors);
        try {
            SqlNode rewritten = new QueryRewriter(catalog, functions, errors).rewrite(TreeCopy.of(query));
            // Rewriting has read the stored tables that the query names.
            addTables(tables);
            SqlNode validated = validator.validate(rewritten);
            return errors.size() > before ? Optional.empty() : Optional.of(convert(validator, reader, validated));
        } catch (CollectedErrors e) {
            return Optional.empty();
        } catch (LaminarException e) {
            errors.add(e.at(Places.of(query)));
        } catch (CalciteContextException e) {
            errors.add(validator.translate(e));
        } catch (RuntimeException | AssertionError e) {
            // After a reported error the tree holds unknown values, on which Calcite may stumble.
            if (errors.size() == before) {
                errors.add(defect(e, Places.of(query)));
            }
        }
        return Optional.empty();
    }

    /** {@code SELECT expression FROM table}: how expressions outside of queries are checked and converted. */
    public Optional<RelNode> translate(SqlNode expression, Table table) {
        SqlParserPos position = expression.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(table.name(), position);
        return translate(QueryRewriter.select(position, SqlNodeList.of(expression), name));
    }

    private static LaminarException defect(Throwable cause, Place.Sql place) {
        return new LaminarException(
                ErrorCode.INTERNAL, "the query cannot be planned: " + cause.getMessage(), place, null, cause);
    }

    private void addTables(CalciteSchema root) {
        for (CatalogEntry entry : catalog.entries()) {
            if (entry instanceof Table table) {
                Connection connection = table.connection();
                boolean lookup = connection != null && connection.use() == TableUse.LOOKUP;
                root.add(table.name(), new TableRow(table.schema(), lookup));
            }
        }
    }

    private CalciteCatalogReader reader(CalciteSchema root) {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteCatalogReader(root, List.of(), types, new CalciteConnectionConfigImpl(properties));
    }

    private RelNode convert(QueryValidator validator, CalciteCatalogReader reader, SqlNode query) {
        RelPlaces places = new RelPlaces();
        VolcanoPlanner planner = new VolcanoPlanner(Contexts.of(places));
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        cluster.setMetadataQuerySupplier(UnreasonedMetadata::new);
        SqlToRelConverter.Config config = SqlToRelConverter.config()
                .withExpand(false)
                .withTrimUnusedFields(false)
                .withHintStrategyTable(Hints.strategies())
                // It is for Calcite's own JSON functions, and copies nodes, whose places would be lost.
                .withAddJsonTypeOperatorEnabled(false)
                // Calcite does not know that unnest in a SELECT list repeats rows, and would leave DISTINCT out.
                .withRelBuilderConfigTransform(c -> c.withSimplify(false)
                        .withSimplifyValues(false)
                        .withBloat(-1)
                        .withAggregateUnique(true));
        SqlToRelConverter converter = new PlacingConverter(
                (type, text, path, view) -> {
                    throw new IllegalStateException("views are expanded before validation");
                },
                validator,
                reader,
                cluster,
                QueryTranslator::convertlet,
                config,
                places);
        RelNode converted = converter.convertQuery(query, false, true).project();
        return ConditionPlacement.of(SubqueryRewriter.rewrite(converted));
    }

    /** Laminar's operators stay what they are; Calcite converts its own. */
    private static SqlRexConvertlet convertlet(SqlCall call) {
        if (!(call.getOperator() instanceof LaminarOperator)) {
            return java.util.Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(call));
        }
        return QueryTranslator::keepOperator;
    }

    private static RexNode keepOperator(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = new ArrayList<>(call.operandCount());
        for (SqlNode operand : call.getOperandList()) {
            operands.add(context.convertExpression(operand));
        }
        RelDataType known = context.getValidator().getValidatedNodeTypeIfKnown(call);
        // Validation leaves out the type of what stands in COUNT beside a FILTER: counting does not depend on it.
        RelDataType type =
                known != null ? known : context.getRexBuilder().deriveReturnType(call.getOperator(), operands);
        return context.getRexBuilder().makeCall(call.getParserPosition(), type, call.getOperator(), operands);
    }
}
