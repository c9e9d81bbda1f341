package io.laminar.sql.parser;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.parser.generated.LaminarSqlParser;
import io.laminar.sql.parser.generated.LaminarSqlParserConstants;
import io.laminar.sql.parser.generated.Token;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the grammar asks of Java: looking at the next tokens where a word means different things in different places,
 * and building literals and types. The generated parser extends this class.
 */
public abstract class ParserSupport extends SqlAbstractParserImpl {

    /** Parentheses, cases and sub-queries inside each other; keeps the parser's own recursion well inside a thread's stack. */
    private static final int MAX_DEPTH = 200;

    private static final int MAX_JOINS = 200;

    private static final List<String> CREATABLE =
            List.of("TABLE", "VIEW", "FUNCTION", "AGGREGATE", "ASYNC", "TEMPORARY", "OR");

    private int depth;

    /** The last token before the semicolon of the statement parsed last. */
    protected @Nullable Token lastOfStatement;

    public @Nullable Token lastOfStatement() {
        return lastOfStatement;
    }

    /** A token ahead: 0 is the last one read, 1 the next one. */
    public abstract Token getToken(int index);

    /** Forgets nesting that an error left open. */
    protected void resetDepth() {
        depth = 0;
    }

    protected void descend() {
        if (++depth > MAX_DEPTH) {
            throw SyntaxErrors.at(
                    position(getToken(1)),
                    "expressions and queries are nested more than " + MAX_DEPTH + " deep",
                    "move inner queries into WITH or a view");
        }
    }

    protected void ascend() {
        depth--;
    }

    protected void ascend(int levels) {
        depth -= levels;
    }

    /** A chain of joins is a tree as high as it is long. */
    protected void countJoin(int joins) {
        if (joins > MAX_JOINS) {
            throw wrong("more than " + MAX_JOINS + " joins in one FROM", "move some of them into WITH or a view");
        }
    }

    protected SqlNode tree(List<Object> flat) {
        return ExpressionTree.of(flat);
    }

    // Which of two readings the next words have ---------------------------------------------------------------------

    /** {@code ROW (} and friends stay constructors; anything else that is not reserved is a name. */
    protected boolean nextIsName() {
        return !(kind(1) == LaminarSqlParserConstants.ROW && kind(2) == LaminarSqlParserConstants.LPAREN);
    }

    /** A name without AS after a select item or a table, unless it starts the clause that comes next. */
    protected boolean nextIsBareAlias() {
        int next = kind(1);
        if (!isName(next) && next != LaminarSqlParserConstants.QUOTED_STRING) {
            return false;
        }
        int second = kind(2);
        return switch (next) {
            case LaminarSqlParserConstants.WINDOW -> !nextIsWindowClause();
            case LaminarSqlParserConstants.OFFSET -> second != LaminarSqlParserConstants.UNSIGNED_INTEGER_LITERAL;
            case LaminarSqlParserConstants.EMIT ->
                second != LaminarSqlParserConstants.FINAL
                        && second != LaminarSqlParserConstants.CHANGES
                        && second != LaminarSqlParserConstants.EVERY;
            case LaminarSqlParserConstants.SEMI, LaminarSqlParserConstants.ANTI ->
                second != LaminarSqlParserConstants.JOIN;
            case LaminarSqlParserConstants.PARTITION -> second != LaminarSqlParserConstants.BY;
            default -> true;
        };
    }

    /** {@code WINDOW name AS (}: the clause that names windows; otherwise {@code window} is a name itself. */
    protected boolean nextIsWindowClause() {
        return kind(1) == LaminarSqlParserConstants.WINDOW
                && isName(kind(2))
                && kind(3) == LaminarSqlParserConstants.AS
                && kind(4) == LaminarSqlParserConstants.LPAREN;
    }

    /** The name of another window at the start of a window, unless the word starts a clause of the window. */
    protected boolean nextIsBaseWindow() {
        int second = kind(2);
        return switch (kind(1)) {
            case LaminarSqlParserConstants.PARTITION -> second != LaminarSqlParserConstants.BY;
            case LaminarSqlParserConstants.ROWS, LaminarSqlParserConstants.RANGE ->
                second == LaminarSqlParserConstants.RPAREN
                        || second == LaminarSqlParserConstants.PARTITION
                        || second == LaminarSqlParserConstants.ORDER;
            case LaminarSqlParserConstants.ALLOW, LaminarSqlParserConstants.DISALLOW ->
                second != LaminarSqlParserConstants.PARTIAL;
            default -> isName(kind(1));
        };
    }

    /** {@code * EXCLUDE (} and {@code * EXCEPT (}; without the parenthesis EXCEPT is the set operation. */
    protected boolean nextIsStarExclude() {
        return (kind(1) == LaminarSqlParserConstants.EXCLUDE || kind(1) == LaminarSqlParserConstants.EXCEPT)
                && kind(2) == LaminarSqlParserConstants.LPAREN;
    }

    protected void refuseDistinctOn() {
        if (kind(1) == LaminarSqlParserConstants.ON) {
            throw wrong(
                    "DISTINCT ON is not supported",
                    "SELECT ... QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1 keeps the first row of each a");
        }
    }

    protected boolean nextIsStarReplace() {
        return kind(1) == LaminarSqlParserConstants.REPLACE && kind(2) == LaminarSqlParserConstants.LPAREN;
    }

    protected static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier name && name.isStar();
    }

    /** {@code GROUP BY ALL} with nothing behind it that could be grouped by. */
    protected boolean nextIsGroupByAll() {
        if (kind(1) != LaminarSqlParserConstants.ALL) {
            return false;
        }
        return switch (kind(2)) {
            case LaminarSqlParserConstants.EOF,
                    LaminarSqlParserConstants.SEMICOLON,
                    LaminarSqlParserConstants.RPAREN,
                    LaminarSqlParserConstants.HAVING,
                    LaminarSqlParserConstants.QUALIFY,
                    LaminarSqlParserConstants.ORDER,
                    LaminarSqlParserConstants.LIMIT,
                    LaminarSqlParserConstants.FETCH,
                    LaminarSqlParserConstants.UNION,
                    LaminarSqlParserConstants.INTERSECT,
                    LaminarSqlParserConstants.EXCEPT,
                    LaminarSqlParserConstants.EMIT -> true;
            default -> false;
        };
    }

    /** {@code AT TIME ZONE}; {@code at} alone is a favourite name of columns. */
    protected boolean nextIsAtTimeZone() {
        return isWord(1, "AT")
                && kind(2) == LaminarSqlParserConstants.TIME
                && kind(3) == LaminarSqlParserConstants.ZONE;
    }

    /** {@code TIMESTAMPTZ '...'}; the type's name is no keyword. */
    protected boolean nextIsTimestampTz() {
        return isWord(1, "TIMESTAMPTZ") && kind(2) == LaminarSqlParserConstants.QUOTED_STRING;
    }

    private boolean isWord(int ahead, String word) {
        Token token = getToken(ahead);
        return token.kind == LaminarSqlParserConstants.IDENTIFIER && token.image.equalsIgnoreCase(word);
    }

    protected boolean nextIsUnnest() {
        return kind(1) == LaminarSqlParserConstants.UNNEST && kind(2) == LaminarSqlParserConstants.LPAREN;
    }

    /** {@code FINAL LAST(...)} and {@code RUNNING SUM(...)} of MATCH_RECOGNIZE, not columns called so. */
    protected boolean nextIsRunningOrFinal() {
        int third = kind(3);
        return isName(kind(2)) && (third == LaminarSqlParserConstants.LPAREN || third == LaminarSqlParserConstants.DOT);
    }

    /** A quantifier in a row pattern; a brace with a minus begins an exclusion. */
    protected boolean nextIsQuantifier() {
        int next = kind(1);
        return next == LaminarSqlParserConstants.STAR
                || next == LaminarSqlParserConstants.PLUS
                || next == LaminarSqlParserConstants.HOOK
                || next == LaminarSqlParserConstants.LBRACE && kind(2) != LaminarSqlParserConstants.MINUS;
    }

    /** {@code [AGGREGATE | TABLE | ASYNC] FUNCTION}, but not a table called function. */
    protected boolean nextIsFunction() {
        if (kind(1) == LaminarSqlParserConstants.FUNCTION) {
            return true;
        }
        boolean isKind = kind(1) == LaminarSqlParserConstants.AGGREGATE
                || kind(1) == LaminarSqlParserConstants.ASYNC
                || kind(1) == LaminarSqlParserConstants.TABLE;
        return isKind && kind(2) == LaminarSqlParserConstants.FUNCTION && isName(kind(3));
    }

    /** {@code STRUCT<}, {@code ROW<}, {@code ROW(}: the start of a structured type. */
    protected boolean nextIsStructType() {
        Token next = getToken(1);
        boolean opens = kind(2) == LaminarSqlParserConstants.LT || kind(2) == LaminarSqlParserConstants.LPAREN;
        return opens && (next.kind == LaminarSqlParserConstants.ROW || next.image.equalsIgnoreCase("STRUCT"));
    }

    /** Whether an interval's text has no unit of its own and one follows, as in {@code '1' MINUTE}. */
    protected boolean intervalTakesQualifier() {
        return !namesUnit(getToken(0).image) && isTimeUnit(kind(1));
    }

    /** Any word, reserved or not: keys of options and settings may be called what they like. */
    protected boolean nextIsWord() {
        Token next = getToken(1);
        return next.kind == LaminarSqlParserConstants.IDENTIFIER
                || !next.image.isEmpty()
                        && (Character.isLetter(next.image.charAt(0)) || next.image.charAt(0) == '_')
                        && next.image.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    /** Whether a statement can start with a kind of token. */
    public boolean startsStatement(int kind) {
        return switch (kind) {
            case LaminarSqlParserConstants.SELECT,
                    LaminarSqlParserConstants.WITH,
                    LaminarSqlParserConstants.VALUES,
                    LaminarSqlParserConstants.TABLE,
                    LaminarSqlParserConstants.LPAREN,
                    LaminarSqlParserConstants.INSERT,
                    LaminarSqlParserConstants.CREATE,
                    LaminarSqlParserConstants.SET,
                    LaminarSqlParserConstants.EXPLAIN,
                    LaminarSqlParserConstants.DROP -> true;
            default -> false;
        };
    }

    /** Whether a token can be a name as it is: an identifier, quoted or not, or a word that is not reserved. */
    protected static boolean isName(int kind) {
        return kind == LaminarSqlParserConstants.IDENTIFIER
                || kind == LaminarSqlParserConstants.QUOTED_IDENTIFIER
                || kind == LaminarSqlParserConstants.BACK_QUOTED_IDENTIFIER
                || kind == LaminarSqlParserConstants.UNICODE_QUOTED_IDENTIFIER
                || LaminarSqlParser.isNonReserved(kind);
    }

    /** Whether two signs of greater stand side by side; they are one sign only between operands. */
    protected boolean isShiftRight() {
        Token first = getToken(1);
        Token second = getToken(2);
        return first.kind == LaminarSqlParserConstants.GT
                && second.kind == LaminarSqlParserConstants.GT
                && first.endLine == second.beginLine
                && first.endColumn + 1 == second.beginColumn;
    }

    protected int kindOfNext() {
        return kind(1);
    }

    private int kind(int index) {
        return getToken(index).kind;
    }

    private static boolean isTimeUnit(int kind) {
        return switch (kind) {
            case LaminarSqlParserConstants.YEAR,
                    LaminarSqlParserConstants.YEARS,
                    LaminarSqlParserConstants.QUARTER,
                    LaminarSqlParserConstants.QUARTERS,
                    LaminarSqlParserConstants.MONTH,
                    LaminarSqlParserConstants.MONTHS,
                    LaminarSqlParserConstants.WEEK,
                    LaminarSqlParserConstants.WEEKS,
                    LaminarSqlParserConstants.DAY,
                    LaminarSqlParserConstants.DAYS,
                    LaminarSqlParserConstants.HOUR,
                    LaminarSqlParserConstants.HOURS,
                    LaminarSqlParserConstants.MINUTE,
                    LaminarSqlParserConstants.MINUTES,
                    LaminarSqlParserConstants.SECOND,
                    LaminarSqlParserConstants.SECONDS -> true;
            default -> false;
        };
    }

    private static boolean namesUnit(String text) {
        return text.chars().anyMatch(Character::isLetter);
    }

    // Building nodes ------------------------------------------------------------------------------------------------

    /**
     * {@code INTERVAL [sign] 'text' [qualifier]}.
     *
     * @param qualifier the unit after the text, or null when the text names its units
     */
    protected SqlIntervalLiteral interval(
            int sign, String text, @Nullable SqlIntervalQualifier qualifier, SqlParserPos pos) {
        if (qualifier != null && !text.isBlank()) {
            return IntervalText.literal(sign, text.strip(), qualifier, pos);
        }
        IntervalText span = IntervalText.parse(text)
                .orElseThrow(() -> SyntaxErrors.at(
                        ErrorCode.INVALID_LITERAL,
                        pos,
                        "'" + text + "' is not a time span" + (namesUnit(text) ? "" : ": it has no unit"),
                        "write INTERVAL '5 seconds' or INTERVAL '1' HOUR"));
        if (span.mixesCalendarAndTime()) {
            throw SyntaxErrors.at(
                    ErrorCode.INVALID_LITERAL,
                    pos,
                    "an interval holds either years and months or days and time, not both",
                    "add two intervals one after the other");
        }
        IntervalText signed = sign < 0 ? new IntervalText(-span.months(), -span.micros()) : span;
        return signed.toLiteral(pos);
    }

    /**
     * Where a name stands. Calcite takes a few plain names for calls of functions without arguments; where this dialect
     * means a column, the position says that the name is quoted, which settles it.
     */
    protected static SqlParserPos namePosition(String name, SqlParserPos pos) {
        return name.equalsIgnoreCase("user") || name.equalsIgnoreCase("pi") ? pos.withQuoting(true) : pos;
    }

    protected SqlTypeNameSpec typeNamed(SqlIdentifier name, int precision, SqlParserPos pos) {
        return TypeNames.named(name, precision, pos);
    }

    protected SqlTypeNameSpec adaptType(SqlTypeNameSpec spec) {
        return TypeNames.adapt(spec);
    }

    /** The text inside {@code $tag$ ... $tag$}. */
    protected static String dollarText(String image) {
        int opening = dollarQuoteLength(image);
        return image.substring(opening, image.length() - opening);
    }

    protected static int dollarQuoteLength(String image) {
        return image.indexOf('$', 1) + 1;
    }

    /** The text of a string token in single quotes. */
    protected static String quotedText(String image) {
        return SqlParserUtil.parseString(image);
    }

    /** The text of a token {@code e'...'} with its escapes resolved. */
    protected static String escapedText(String image, SqlParserPos pos) {
        try {
            return SqlParserUtil.parseCString(image);
        } catch (SqlParserUtil.MalformedUnicodeEscape e) {
            throw SyntaxErrors.at(
                    ErrorCode.INVALID_LITERAL,
                    pos,
                    "a Unicode escape in the string is not complete",
                    "write \\u and four hex digits");
        }
    }

    /** A value of an enumeration by the word the user wrote, or an error that lists the values. */
    protected static <E extends Enum<E>> E choice(SqlIdentifier word, Class<E> type, String what) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(word.getSimple())) {
                return value;
            }
        }
        List<String> names = List.of(type.getEnumConstants()).stream()
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .toList();
        throw SyntaxErrors.at(
                word.getParserPosition(),
                "'" + word.getSimple() + "' is not " + what,
                "choose one of " + String.join(", ", names));
    }

    // Errors --------------------------------------------------------------------------------------------------------

    /** An error at the next token. */
    protected LaminarException wrong(String reason, @Nullable String hint) {
        return SyntaxErrors.at(position(getToken(0), getToken(1)), reason, hint);
    }

    /** Says at CREATE what can be created; the choice itself is made by looking further ahead. */
    protected void expectCreatable() {
        switch (kind(1)) {
            case LaminarSqlParserConstants.TABLE,
                    LaminarSqlParserConstants.VIEW,
                    LaminarSqlParserConstants.FUNCTION,
                    LaminarSqlParserConstants.AGGREGATE,
                    LaminarSqlParserConstants.ASYNC,
                    LaminarSqlParserConstants.TEMPORARY -> {}
            default ->
                throw unexpected("TABLE, VIEW or FUNCTION", Explanation.didYouMean(getToken(1).image, CREATABLE));
        }
    }

    /** An error at the next token that says what it is and what should stand there. */
    protected LaminarException unexpected(String expected, @Nullable String hint) {
        return wrong("unexpected " + TokenWords.describe(getToken(1)) + "; expected " + expected, hint);
    }

    /** The place of a token; the end of the text is the place behind the last token before it. */
    static SqlParserPos position(@Nullable Token before, Token token) {
        return token.kind == LaminarSqlParserConstants.EOF && before != null && before.endLine > 0
                ? new SqlParserPos(before.endLine, before.endColumn + 1)
                : position(token);
    }

    static SqlParserPos position(Token token) {
        return new SqlParserPos(token.beginLine, token.beginColumn, token.endLine, token.endColumn);
    }
}
