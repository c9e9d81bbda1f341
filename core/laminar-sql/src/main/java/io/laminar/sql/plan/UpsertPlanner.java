package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;

/** Plans what a table with a key gets: at most one change per key and batch, none of them taking a row back. */
final class UpsertPlanner {
    private final PipelineSettings settings;

    UpsertPlanner(PipelineSettings settings) {
        this.settings = settings;
    }

    /** @param node rows with the columns of the table */
    PlanNode plan(TableDescriptor table, PlanNode node) {
        List<Integer> key =
                table.primaryKey().stream().map(table.schema()::indexOf).toList();
        boolean unique = node.upsertKeys().stream().anyMatch(set -> set.isWithin(key));
        boolean appends = node.changelog() == ChangelogMode.APPEND;
        if (unique) {
            return appends ? node : new UpsertNode(node, key);
        }
        if (appends) {
            // The last row of a key wins, so the rows of a key must not overtake each other.
            return new UpsertNode(new ExchangeNode(node, new Distribution.Keyed(key)), key);
        }
        long ttl = settings.values().duration(PipelineSettings.UPDATING_TTL);
        return new UpsertNode(new MaterializeNode(node, key, new Emit.Changes(0), ttl), key);
    }
}
