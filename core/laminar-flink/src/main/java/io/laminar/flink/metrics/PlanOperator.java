package io.laminar.flink.metrics;

/**
 * An operator as users see it: a node of the plan.
 *
 * @param id stable, that of the node in {@link io.laminar.plan.explain.PlanGraph}
 * @param name what kind it is, for example {@code window-aggregate}; of sources and sinks the table
 * @param details what it does, in a line
 */
public record PlanOperator(String id, String name, String details, Role role) {
    private static final String SEPARATOR = "\t";

    /** For {@link #parse}. */
    public String text() {
        return String.join(SEPARATOR, id, role.name(), name, details);
    }

    public static PlanOperator parse(String text) {
        String[] parts = text.split(SEPARATOR, 4);
        return new PlanOperator(parts[0], parts[2], parts[3], Role.valueOf(parts[1]));
    }
}
