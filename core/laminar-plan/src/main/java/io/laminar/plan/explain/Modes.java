package io.laminar.plan.explain;

import io.laminar.plan.node.ChangelogMode;

/** Words for changelog modes. */
final class Modes {

    private Modes() {}

    static String text(ChangelogMode mode) {
        return switch (mode) {
            case APPEND -> "append";
            case UPSERT -> "upsert";
            case RETRACT -> "changelog";
        };
    }
}
