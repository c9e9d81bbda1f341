package io.laminar.sql.parser;

import static io.laminar.sql.parser.generated.LaminarSqlParserConstants.*;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.sql.parser.generated.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a statement does not parse, and guesses the slip behind it. */
final class Explanation {

    private static final List<String> STATEMENTS =
            List.of("SELECT", "WITH", "VALUES", "INSERT", "CREATE", "SET", "EXPLAIN", "DROP");

    /** Words that start a clause: a name that looks like one of them after a table or a column probably is it. */
    private static final List<String> CLAUSES = List.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "JOIN",
            "INNER",
            "CROSS",
            "UNION",
            "WINDOW",
            "QUALIFY",
            "PARTITIONED",
            "METADATA",
            "GENERATED",
            "RETURNS",
            "LANGUAGE",
            "LATERAL");

    /** Clause words after which nobody means a name. */
    private static final Set<String> NEVER_A_NAME = Set.of(
            "FROM", "WHERE", "HAVING", "SELECT", "AND", "OR", "ON", "JOIN", "THEN", "WHEN", "ELSE", "AS", "IS", "IN");

    private final Expectation expectation;
    private final Token found;
    private @Nullable Token before;
    private final Deque<Token> open = new ArrayDeque<>();
    private @Nullable Token stringOverLines;

    private Explanation(Token start, Expectation expectation) {
        this.expectation = expectation;
        this.found = expectation.found();
        readUpTo(start);
    }

    /** @param start the first token of the statement */
    static LaminarException of(Token start, Expectation expectation) {
        return new Explanation(start, expectation).exception();
    }

    /** A text between semicolons that starts with none of the words a statement starts with. */
    static LaminarException notAStatement(Token first) {
        String hint = didYouMean(first.image, STATEMENTS);
        if (hint == null) {
            hint = "a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP";
        }
        LaminarException lexical = lexical(first, null);
        return lexical != null
                ? lexical
                : SyntaxErrors.at(
                        ParserSupport.position(first),
                        "unexpected " + TokenWords.describe(first) + " at the start of a statement",
                        hint);
    }

    /** Walks the statement's tokens up to the one that does not fit; notes what is open there. */
    private void readUpTo(Token start) {
        for (Token t = start; t != null && t != found; t = t.next) {
            before = t;
            switch (t.kind) {
                case LPAREN, LBRACKET -> open.push(t);
                case RPAREN, RBRACKET -> open.poll();
                case QUOTED_STRING -> {
                    if (t.endLine > t.beginLine) {
                        stringOverLines = t;
                    }
                }
                default -> {}
            }
        }
    }

    private LaminarException exception() {
        LaminarException lexical = lexical(found, stringOverLines);
        if (lexical != null) {
            return lexical;
        }
        String expected = expectation.phrase(before != null && (before.kind == LPAREN || before.kind == COMMA));
        String reason = "unexpected " + describeFound() + (expected.isEmpty() ? "" : "; expected " + expected);
        return SyntaxErrors.at(ParserSupport.position(before, found), reason, hint());
    }

    private String describeFound() {
        return found.kind == SEMICOLON ? "end of the statement" : TokenWords.describe(found);
    }

    /** Tokens that are wrong in themselves, wherever they stand. */
    private static @Nullable LaminarException lexical(Token token, @Nullable Token stringOverLines) {
        String image = token.image;
        if (token.kind == DOUBLE_QUOTE && token.next != null && token.next.kind == DOUBLE_QUOTE) {
            return SyntaxErrors.at(ParserSupport.position(token), "a name in quotes has at least one character", null);
        }
        return switch (token.kind) {
            case QUOTE, DOUBLE_QUOTE ->
                unclosed(token, "the quote " + image + " that opens here is not closed", stringOverLines);
            case UNCLOSED_DOLLAR_QUOTE ->
                unclosed(token, "the quote " + image + " that opens here is not closed", null);
            case MALFORMED_NUMBER ->
                SyntaxErrors.at(
                        ParserSupport.position(token),
                        "'" + image + "' is neither a number nor a name",
                        "a time span is written INTERVAL '5 seconds'; a name that starts with a digit needs double quotes");
            case UNKNOWN_CHARACTER ->
                image.equals("`")
                        ? unclosed(token, "the quote ` that opens here is not closed", stringOverLines)
                        : SyntaxErrors.at(
                                ParserSupport.position(token),
                                "the character '" + printable(image) + "' means nothing here",
                                aboutCharacter(image));
            default -> null;
        };
    }

    private static LaminarException unclosed(Token token, String reason, @Nullable Token stringOverLines) {
        String hint = stringOverLines == null
                ? null
                : "or the string that starts at line " + stringOverLines.beginLine + ", column "
                        + stringOverLines.beginColumn + " is closed too late";
        return SyntaxErrors.at(ParserSupport.position(token), reason, hint);
    }

    private static String printable(String image) {
        char c = image.charAt(0);
        return Character.isISOControl(c) || Character.isSurrogate(c)
                ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                : image;
    }

    private static @Nullable String aboutCharacter(String image) {
        return switch (image) {
            case "\u2018", "\u2019", "\u201c", "\u201d", "\u00b4" -> "use straight quotes: ' for strings, \" for names";
            case "#" -> "a comment starts with --";
            case "!" -> "write NOT, or <> for not equal";
            case "\u2013", "\u2014", "\u2212" -> "use the plain minus sign -";
            default -> null;
        };
    }

    private @Nullable String hint() {
        String hint = aboutStructure();
        if (hint == null) {
            hint = aboutSigns();
        }
        if (hint == null) {
            hint = aboutSpelling();
        }
        if (hint == null) {
            hint = aboutReservedWord();
        }
        return hint != null ? hint : aboutMissingComma();
    }

    /** Parentheses and commas. */
    private @Nullable String aboutStructure() {
        if (stringOverLines != null && stringOverLines == before) {
            return "the string that starts at line " + before.beginLine + ", column " + before.beginColumn
                    + " ends only here: is its closing quote missing?";
        }
        boolean atEnd = found.kind == EOF || found.kind == SEMICOLON;
        if (before != null && before.kind == COMMA && (atEnd || isClosing() || isReservedWord(found))) {
            return atEnd ? "remove the comma" : "remove the comma before " + bare(found);
        }
        boolean closes = expectation.has(RPAREN) || expectation.has(RBRACKET);
        if (!open.isEmpty() && (atEnd || (closes && isReservedWord(found) && !expectation.takesExpression()))) {
            Token opening = open.element();
            return "the " + opening.image + " at line " + opening.beginLine + ", column " + opening.beginColumn
                    + " is not closed";
        }
        if (isClosing() && open.isEmpty()) {
            return "nothing is open that it could close";
        }
        if (found.kind == EMIT && !open.isEmpty()) {
            return "EMIT stands at the end of the whole query, outside parentheses";
        }
        if (expectation.has(SEMICOLON) && STATEMENTS.contains(found.image.toUpperCase(Locale.ROOT))) {
            return "is a semicolon missing before " + bare(found) + "?";
        }
        return aboutWordBefore();
    }

    /** Words that were taken for names because what should follow them is missing. */
    private @Nullable String aboutWordBefore() {
        if (before == null) {
            return null;
        }
        return switch (before.kind) {
            case EMIT -> "EMIT is followed by FINAL, CHANGES or EVERY and an interval";
            case PARTITION -> found.kind == BY ? null : "write PARTITION BY";
            default -> null;
        };
    }

    private boolean isClosing() {
        return found.kind == RPAREN || found.kind == RBRACKET;
    }

    private @Nullable String aboutSigns() {
        if (expectation.has(EQ) && !expectation.goesOnWithOperator()) {
            return "write key = value";
        }
        if (before != null && before.kind == AMPERSAND && found.kind == AMPERSAND) {
            return "write AND";
        }
        if (before != null && before.kind == EQ && found.kind == GT) {
            return "write >=";
        }
        if (expectation.takesOptionValue() && TokenWords.isWord(found.image)) {
            return "put the value in single quotes: '" + found.image + "'";
        }
        if (expectation.has(ON) && (found.kind == DOT || found.kind == EQ)) {
            return "is ON missing before the condition?";
        }
        return null;
    }

    private @Nullable String aboutSpelling() {
        if (found.kind == IDENTIFIER) {
            String hint = didYouMean(found.image, expectation.keywords());
            if (hint != null) {
                return hint;
            }
        }
        if (before != null && before.kind == IDENTIFIER) {
            String hint = nearest(before.image, CLAUSES);
            if (hint != null) {
                return "did you mean '" + hint + "' instead of '" + before.image + "'?";
            }
        }
        return null;
    }

    static @Nullable String didYouMean(String word, List<String> keywords) {
        String keyword = TokenWords.isWord(word) ? nearest(word, keywords) : null;
        return keyword == null ? null : "did you mean '" + keyword + "'?";
    }

    /** The keyword a word most likely was meant to be; short words are near to too many to guess. */
    private static @Nullable String nearest(String word, List<String> keywords) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.length() < 4) {
            return null;
        }
        List<String> plausible = keywords.stream()
                .filter(k -> k.length() >= 4 && !k.equals(upper))
                .filter(k -> k.charAt(0) == upper.charAt(0) || k.endsWith(upper))
                .toList();
        return NearestName.of(upper, plausible).orElse(null);
    }

    private @Nullable String aboutReservedWord() {
        if (!isReservedWord(found) || !expectation.takesName()) {
            return null;
        }
        boolean inList = before != null && (before.kind == LPAREN || before.kind == COMMA || before.kind == AS);
        boolean startsClause = NEVER_A_NAME.contains(found.image.toUpperCase(Locale.ROOT))
                && !(inList && !expectation.takesExpression());
        boolean goesOn = found.next != null && found.next.kind == BY;
        return startsClause
                        || STATEMENTS.contains(found.image.toUpperCase(Locale.ROOT))
                        || (goesOn && expectation.takesExpression())
                ? null
                : bare(found) + " is a reserved word; as a name it needs double quotes: \"" + found.image + "\"";
    }

    private boolean isReservedWord(Token token) {
        return TokenWords.isWord(token.image)
                && !ParserSupport.isName(token.kind)
                && token.kind != EOF
                && !isString(token);
    }

    private static boolean isString(Token token) {
        return token.image.endsWith("'");
    }

    private @Nullable String aboutMissingComma() {
        boolean startsItem = ParserSupport.isName(found.kind)
                || found.kind == QUOTED_STRING
                || found.kind == UNSIGNED_INTEGER_LITERAL
                || found.kind == CASE
                || found.kind == CAST;
        return startsItem && expectation.has(COMMA) ? "is a comma missing before " + bare(found) + "?" : null;
    }

    private static String bare(Token token) {
        return TokenWords.describe(token).replaceFirst("^name ", "");
    }

    /** An error that has no place in the text of its own. */
    static LaminarException defect(Token near, Throwable cause) {
        return new LaminarException(
                ErrorCode.INTERNAL,
                "the parser fails near " + TokenWords.describe(near),
                SyntaxErrors.place(ParserSupport.position(near)),
                "please report the statement",
                cause);
    }
}
