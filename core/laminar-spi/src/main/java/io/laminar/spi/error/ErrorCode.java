package io.laminar.spi.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every error a user can meet. The number never changes its meaning; thousands group by phase: 1 text, 2 names and
 * types, 3 planning, 4 tables and options, 5 data, 6 running, 7 command line, 8 platform, 9 defects of Laminar itself.
 */
public enum ErrorCode {
    SYNTAX(1001, "SQL that does not parse"),
    EMPTY_PIPELINE(1002, "nothing to run"),

    UNKNOWN_TABLE(2001, "unknown table or view"),
    UNKNOWN_COLUMN(2002, "unknown column"),
    UNKNOWN_FUNCTION(2003, "unknown function"),
    TYPE_MISMATCH(2004, "types do not fit"),
    AMBIGUOUS_COLUMN(2005, "ambiguous column"),
    DUPLICATE_NAME(2006, "name is taken"),
    WRONG_ARGUMENTS(2007, "arguments do not fit the function"),
    NOT_AGGREGATED(2008, "column is neither grouped nor aggregated"),
    INVALID_LITERAL(2009, "literal cannot be read"),
    INVALID_QUERY(2010, "query is not valid"),
    UNKNOWN_TYPE(2011, "unknown type"),
    UNKNOWN_SETTING(2012, "unknown setting"),
    INSERT_MISMATCH(2013, "query does not fit the table it is inserted into"),
    INVALID_PATTERN(2020, "row pattern is not valid"),
    FUNCTION_NOT_COMPILED(2021, "user function does not compile"),

    UNSUPPORTED_SQL(3001, "SQL that Laminar does not plan yet"),
    MISPLACED_WINDOW(3002, "window in a place where it has no meaning"),
    CHANGELOG_MISMATCH(3003, "sink does not take the changes the query makes"),
    UNBOUNDED_SORT(3004, "ordering an endless result"),
    NO_EVENT_TIME(3005, "no event time"),
    NOT_A_SOURCE(3006, "table cannot be read"),
    NOT_A_SINK(3007, "table cannot be written"),
    INVALID_WINDOW(3008, "window parameters make no sense"),
    UNSUPPORTED_JOIN(3009, "join that Laminar does not plan yet"),

    UNKNOWN_CONNECTOR(4001, "unknown connector"),
    UNKNOWN_FORMAT(4002, "unknown format"),
    UNKNOWN_OPTION(4003, "unknown option"),
    MISSING_OPTION(4004, "required option is missing"),
    INVALID_OPTION(4005, "option value cannot be used"),
    INVALID_SCHEMA(4006, "table definition does not fit its connector or format"),
    MISSING_VARIABLE(4007, "variable of the environment is not set"),
    UNKNOWN_PROFILE(4008, "unknown connection profile"),
    SCHEMA_CONFLICT(4010, "schema does not fit the one in the schema registry"),

    BAD_RECORD(5001, "record cannot be decoded"),
    OVERFLOW(5002, "number out of range"),
    DIVISION_BY_ZERO(5003, "division by zero"),
    INVALID_CAST(5004, "value cannot be cast"),
    INVALID_ARGUMENT(5005, "argument out of the function's domain"),
    NULL_NOT_ALLOWED(5006, "NULL in a column that is NOT NULL"),
    ROW_REFUSED(5007, "row that the outside system does not take"),
    FUNCTION_FAILED(5010, "user function failed"),

    FILE_NOT_FOUND(6001, "file or folder does not exist"),
    FILE_UNREADABLE(6002, "file cannot be read"),
    OUTPUT_EXISTS(6003, "output exists already"),
    OUTPUT_FAILED(6004, "output cannot be written"),
    CHECKPOINT_FAILED(6005, "checkpoint cannot be written"),
    STATE_MISMATCH(6006, "saved state does not fit the pipeline"),
    JOB_FAILED(6007, "job failed"),
    LIMIT_EXCEEDED(6008, "limit exceeded"),
    LOOKUP_FAILED(6009, "outside system does not answer"),
    UNREACHABLE(6010, "outside system cannot be reached"),
    ACCESS_DENIED(6011, "outside system refuses access"),
    RESOURCE_NOT_FOUND(6012, "what a table names is not there in the outside system"),
    SOURCE_FAILED(6013, "input cannot be read on"),
    RESCALE_REFUSED(6020, "job cannot be given that number of subtasks"),
    CLUSTER_UNREACHABLE(6021, "cluster does not answer"),
    CLUSTER_MISMATCH(6022, "cluster does not fit"),
    SPILL_FAILED(6023, "state cannot be kept on local disk"),

    USAGE(7001, "wrong use of the command"),

    NOT_FOUND(8001, "there is no such resource"),
    NAME_TAKEN(8002, "another resource has that name"),
    IN_USE(8003, "others need the resource"),
    CHANGED_MEANWHILE(8004, "the resource has been changed meanwhile"),
    METADATA_UNAVAILABLE(8005, "the metadata cannot be reached"),
    SECRET_UNREADABLE(8006, "a stored secret cannot be read"),
    INVALID_REQUEST(8010, "request that cannot be understood"),
    UNAUTHENTICATED(8011, "no valid token"),
    FORBIDDEN(8012, "the role does not allow this"),
    REQUEST_TOO_LARGE(8013, "request that is too large"),
    TOO_MANY_REQUESTS(8014, "too many requests"),
    WRONG_STATE(8015, "the state does not allow this"),
    UNAVAILABLE(8016, "the server cannot do this now"),

    INTERNAL(9001, "defect in Laminar");

    private final int number;
    private final String title;

    ErrorCode(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** The code as users see it, for example {@code LAM-2002}. */
    public String code() {
        return "LAM-" + number;
    }

    /** The kind of error with a code such as {@code LAM-2002}. */
    public static Optional<ErrorCode> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
    }

    /** A few words naming the kind of error. */
    public String title() {
        return title;
    }
}
