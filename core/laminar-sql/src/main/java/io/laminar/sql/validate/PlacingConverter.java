package io.laminar.sql.validate;

import com.google.common.collect.ImmutableList;
import io.laminar.sql.error.RelPlaces;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Calcite's conversion to relational algebra, with a note of the clause that each node comes from. */
final class PlacingConverter extends SqlToRelConverter {
    private final RelPlaces places;
    private SqlParserPos grouping = SqlParserPos.ZERO;

    PlacingConverter(
            RelOptTable.ViewExpander views,
            SqlValidator validator,
            Prepare.CatalogReader catalog,
            RelOptCluster cluster,
            SqlRexConvertletTable convertlets,
            Config config,
            RelPlaces places) {
        super(views, validator, catalog, cluster, convertlets, config);
        this.places = places;
    }

    @Override
    protected RelRoot convertQueryRecursive(SqlNode query, boolean top, @Nullable RelDataType targetRowType) {
        RelRoot root = super.convertQueryRecursive(query, top, targetRowType);
        places.put(root.rel, query.getParserPosition());
        if (query instanceof SqlSelect select) {
            List<SqlParserPos> columns = new ArrayList<>();
            select.getSelectList().forEach(column -> columns.add(column.getParserPosition()));
            places.putColumns(root.rel, columns);
        }
        return root;
    }

    @Override
    protected void convertFrom(Blackboard bb, @Nullable SqlNode from, @Nullable List<String> fieldNames) {
        super.convertFrom(bb, from, fieldNames);
        if (from != null) {
            places.put(bb.root, from.getParserPosition());
        }
    }

    @Override
    protected RelNode convertSetOp(SqlCall call) {
        RelNode node = super.convertSetOp(call);
        places.put(node, call.getParserPosition());
        return node;
    }

    @Override
    protected void convertAgg(
            Blackboard bb, SqlSelect select, @Nullable List<SqlNode> orderExpressions, @Nullable List<SqlNode> other) {
        SqlParserPos around = grouping;
        SqlNodeList group = select.getGroup();
        grouping = group == null || group.isEmpty() ? select.getParserPosition() : group.getParserPosition();
        super.convertAgg(bb, select, orderExpressions, other);
        grouping = around;
    }

    @Override
    protected RelNode createAggregate(
            Blackboard bb,
            ImmutableBitSet groupSet,
            ImmutableList<ImmutableBitSet> groupSets,
            List<AggregateCall> calls) {
        RelNode node = super.createAggregate(bb, groupSet, groupSets, calls);
        places.put(node, grouping);
        return node;
    }

    @Override
    protected void convertOrder(
            SqlSelect select,
            Blackboard bb,
            RelCollation collation,
            List<SqlNode> expressions,
            @Nullable SqlNode offset,
            @Nullable SqlNode fetch) {
        super.convertOrder(select, bb, collation, expressions, offset, fetch);
        SqlNodeList order = select.getOrderList();
        if (order != null && !order.isEmpty()) {
            places.put(bb.root, order.getParserPosition());
        } else if (fetch != null) {
            places.put(bb.root, fetch.getParserPosition());
        } else if (offset != null) {
            places.put(bb.root, offset.getParserPosition());
        }
    }
}
