package io.laminar.sql.validate;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * What Calcite may know about a query: nothing that follows from conditions. It would evaluate them, which it cannot do
 * with operators of ours, and would believe that the condition of an ANTI JOIN, an inner join with a term to it here,
 * holds for the rows that leave.
 */
final class UnreasonedMetadata extends RelMetadataQuery {

    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        return RelOptPredicateList.EMPTY;
    }
}
