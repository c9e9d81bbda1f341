package io.laminar.plan.explain;

import io.laminar.plan.node.ChangelogMode;
import java.util.List;
import java.util.stream.Collectors;

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

    /** A mode with the columns, one set or another, that changes are found by. */
    static String text(String mode, List<List<String>> keys) {
        if (keys.isEmpty() || mode.equals(text(ChangelogMode.APPEND))) {
            return mode;
        }
        return keys.stream().anyMatch(List::isEmpty)
                ? mode + " of one row"
                : keys.stream()
                        .map(key -> "[" + String.join(", ", key) + "]")
                        .distinct()
                        .collect(Collectors.joining(" or ", mode + " by ", ""));
    }
}
