package io.laminar.sql.parser;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes the errors of the parser. */
final class SyntaxErrors {

    /** What Calcite's grammar says on its own, by the start of its message, and what it means to a user. */
    private static final Map<String, Saying> SAYINGS = new TreeMap<>();

    private record Saying(String reason, @Nullable String hint) {}

    static {
        say("Query expression encountered", "a query stands where a value belongs", "put it in parentheses");
        say("Non-query expression encountered", "a value stands where a query belongs", "start it with SELECT");
        say("ORDER BY unexpected", "ORDER BY does not belong here", "it stands at the end of a query");
        say(
                "Join expression encountered",
                "a join stands where a single table belongs",
                "name the result of a query over it");
        say("Binary literal string must", "a binary literal holds pairs of hex digits", "write X'0AFF'");
        say("Binary literal", "a binary literal holds pairs of hex digits", "write X'0AFF'");
        say(
                "Expecting alias, found character literal",
                "a string cannot be a name",
                "put the name in double quotes, or a comma before the string");
        say(
                "ASOF JOIN missing MATCH_CONDITION",
                "an ASOF join needs a MATCH_CONDITION",
                "write ASOF JOIN t MATCH_CONDITION l.at >= t.at ON ...");
        say("MATCH_CONDITION only allowed", "MATCH_CONDITION belongs to an ASOF join", null);
        say("BETWEEN operator has no", "BETWEEN needs two bounds", "write a BETWEEN low AND high");
        say(
                "Unicode escape sequence starting",
                "a Unicode escape in the string is not complete",
                "write a backslash and four hex digits");
        say("UESCAPE cannot be specified", "UESCAPE belongs to a string that starts with U&", null);
        say("UESCAPE '", "UESCAPE takes one character that is no hex digit, quote, space or plus sign", null);
        say("Row expression encountered", "a row of values stands where one value belongs", null);
        say("Length of identifier", "the name is too long", null);
        say("Unknown character set", "the string names a character set", "text is Unicode: leave the prefix out");
    }

    private SyntaxErrors() {}

    private static void say(String start, String reason, @Nullable String hint) {
        SAYINGS.put(start, new Saying(reason, hint));
    }

    static LaminarException at(SqlParserPos pos, String reason, @Nullable String hint) {
        return at(ErrorCode.SYNTAX, pos, reason, hint);
    }

    static LaminarException at(ErrorCode code, SqlParserPos pos, String reason, @Nullable String hint) {
        return new LaminarException(code, reason, place(pos), hint, null);
    }

    /**
     * An error that Calcite's grammar found while it built the tree.
     *
     * @param near where the parser stands, for errors that do not say where they are
     */
    static LaminarException of(CalciteException error, SqlParserPos near) {
        SqlParserPos pos = near;
        Throwable said = error;
        if (error instanceof CalciteContextException placed) {
            pos = new SqlParserPos(
                    placed.getPosLine(), placed.getPosColumn(), placed.getEndPosLine(), placed.getEndPosColumn());
            said = placed.getCause() == null ? placed : placed.getCause();
        }
        String message = String.valueOf(said.getMessage());
        for (Map.Entry<String, Saying> entry : SAYINGS.entrySet()) {
            if (message.startsWith(entry.getKey())) {
                return at(pos, entry.getValue().reason(), entry.getValue().hint());
            }
        }
        return at(pos, message, null);
    }

    static Place.Sql place(SqlParserPos pos) {
        return new Place.Sql(pos.getLineNum(), pos.getColumnNum(), pos.getEndLineNum(), pos.getEndColumnNum());
    }
}
