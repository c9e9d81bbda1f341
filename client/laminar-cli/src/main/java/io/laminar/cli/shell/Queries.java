package io.laminar.cli.shell;

import io.laminar.cli.SqlSource;
import io.laminar.cli.output.OutputFormat;
import java.util.List;

/** Where statements are run. Errors in them come as {@link io.laminar.cli.SqlFailure}. */
public interface Queries extends AutoCloseable {

    /** Where that is, in words: {@code here}, {@code on http://...}. */
    String place();

    /** Checks a text that only declares things. */
    void check(SqlSource text);

    /**
     * Runs a statement to its end, or until it is interrupted.
     *
     * @param text what it needs, and the statement as the last
     * @param writes whether it is an INSERT
     * @param liveHeight lines of the terminal if results that change are shown as tables that change; 0 to show the
     *     changes
     */
    void run(SqlSource text, boolean writes, OutputFormat format, int liveHeight) throws InterruptedException;

    /** Prints the plan of an EXPLAIN. */
    void explain(SqlSource text);

    /** Stops what runs. Called by any thread. */
    void interrupt();

    /** A column of a table. */
    record Column(String name, String type) {}

    /**
     * The columns of a table or view.
     *
     * @param declarations that come before
     */
    List<Column> columns(String declarations, String table);

    /** Tables that are there without being declared. */
    List<String> stored();

    @Override
    void close();
}
