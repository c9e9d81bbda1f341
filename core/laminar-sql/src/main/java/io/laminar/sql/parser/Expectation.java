package io.laminar.sql.parser;

import static io.laminar.sql.parser.generated.LaminarSqlParserConstants.*;

import io.laminar.sql.parser.generated.LaminarSqlParserConstants;
import io.laminar.sql.parser.generated.ParseException;
import io.laminar.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the grammar would have taken in place of the token it stumbled over.
 *
 * @param found the first token that fits none of the grammar's readings
 * @param kinds kinds of tokens that would have fitted there
 */
record Expectation(Token found, BitSet kinds) {

    /** How many things a message lists at most. */
    private static final int MOST = 4;

    private static final int[] TYPE_WORDS = {
        BIGINT, BINARY, BOOLEAN, CHAR, CHARACTER, DATE, DEC, DECIMAL, DOUBLE, FLOAT, GEOMETRY, INT, INTEGER, NUMERIC,
        REAL, SMALLINT, TIME, TIMESTAMP, TINYINT, UNSIGNED, UUID, VARBINARY, VARCHAR, VARIANT, ANY, ARRAY, MAP, ROW,
        INTERVAL
    };

    private static final int[] QUERY_WORDS = {SELECT, VALUES, WITH, TABLE, LPAREN};

    /** Words and signs that go on with an expression: too many to name, and nobody needs to be told. */
    private static final int[] OPERATORS = {
        PLUS,
        MINUS,
        STAR,
        SLASH,
        PERCENT_REMAINDER,
        CONCAT,
        EQ,
        EQ2,
        NE,
        NE2,
        LT,
        GT,
        LE,
        GE,
        LEFTSHIFT,
        CARET,
        AMPERSAND,
        AND,
        OR,
        IS,
        IN,
        BETWEEN,
        LIKE,
        ILIKE,
        RLIKE,
        SIMILAR,
        NOT,
        MEMBER,
        SUBMULTISET,
        MULTISET,
        OVERLAPS,
        FORMAT,
        LBRACKET,
        DOT,
        COLON,
        LAMBDA,
        ARROW_TEXT,
        HOOK,
        INFIX_CAST,
        MATCHES_REGEX,
        MATCHES_ANY_CASE,
        NOT_MATCHES,
        NOT_MATCHES_ANY_CASE,
        ESCAPE,
        LPAREN,
        OVER,
        FILTER,
        WITHIN,
        IGNORE,
        RESPECT,
        NULL,
        UESCAPE
    };

    /** What to name first when there is more to name than fits. */
    private static final int[] IMPORTANT = {
        COMMA, RPAREN, RBRACKET, GT, EQ, AS, FROM, BY, ON, INTO, SELECT, TABLE, VIEW, FUNCTION, WITH, WHERE, GROUP,
        JOIN, SEMICOLON, END, THEN, WHEN, AND
    };

    /**
     * Reads an exception of the generated parser. It looks ahead several tokens, so the token that does not fit may
     * stand behind the one the exception names: the reading that gets furthest tells.
     */
    static Expectation of(ParseException exception) {
        List<Token> tokens = new ArrayList<>();
        for (Token t = exception.currentToken.next; t != null && tokens.size() < 8; t = t.next) {
            tokens.add(t);
        }
        int furthest = 0;
        BitSet kinds = new BitSet();
        for (int[] sequence : exception.expectedTokenSequences) {
            int fitting = 0;
            while (fitting < sequence.length - 1
                    && fitting < tokens.size() - 1
                    && sequence[fitting] == tokens.get(fitting).kind) {
                fitting++;
            }
            if (fitting != sequence.length - 1 || sequence[fitting] == tokens.get(fitting).kind) {
                continue;
            }
            if (fitting > furthest) {
                furthest = fitting;
                kinds.clear();
            }
            if (fitting == furthest) {
                kinds.set(sequence[fitting]);
            }
        }
        return new Expectation(tokens.get(furthest), kinds);
    }

    boolean has(int kind) {
        return kinds.get(kind);
    }

    boolean takesExpression() {
        return has(CASE) && has(UNSIGNED_INTEGER_LITERAL) && has(LPAREN);
    }

    boolean takesName() {
        return has(IDENTIFIER);
    }

    boolean goesOnWithOperator() {
        return has(PLUS) && has(STAR) && !takesExpression();
    }

    private boolean takesType() {
        return !takesExpression() && has(VARCHAR) && has(DOUBLE) && has(BOOLEAN) && has(INTERVAL);
    }

    private boolean takesQuery() {
        return !takesExpression() && has(SELECT) && has(VALUES);
    }

    /** The things expected as one phrase, or an empty text when there is nothing helpful to say. */
    String phrase(ParserSupport parser) {
        BitSet rest = (BitSet) kinds.clone();
        Set<String> words = new LinkedHashSet<>();
        if (takesExpression()) {
            words.add("an expression");
            return joined(words, rest.get(RPAREN) ? List.of("')'") : List.of());
        }
        if (takesType()) {
            return "a type";
        }
        if (takesQuery()) {
            words.add("a query");
            remove(rest, QUERY_WORDS);
            remove(rest, TYPE_WORDS);
        }
        boolean wide = goesOnWithOperator();
        if (wide) {
            remove(rest, OPERATORS);
        }
        if (takesName()) {
            if (!wide) {
                words.add("a name");
            }
            for (int kind = rest.nextSetBit(0); kind >= 0; kind = rest.nextSetBit(kind + 1)) {
                if (parser.isName(kind)) {
                    rest.clear(kind);
                }
            }
        }
        return joined(words, named(rest));
    }

    private static List<String> named(BitSet rest) {
        Set<String> names = new LinkedHashSet<>();
        for (int kind : IMPORTANT) {
            if (rest.get(kind)) {
                names.add(TokenWords.expected(kind));
                rest.clear(kind);
            }
        }
        for (int kind = rest.nextSetBit(0); kind >= 0; kind = rest.nextSetBit(kind + 1)) {
            String name = TokenWords.expected(kind);
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static String joined(Set<String> first, List<String> then) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(then);
        List<String> few = all.stream().limit(MOST).toList();
        return switch (few.size()) {
            case 0 -> "";
            case 1 -> few.get(0);
            default -> String.join(", ", few.subList(0, few.size() - 1)) + " or " + few.get(few.size() - 1);
        };
    }

    /** The words of the grammar that would have fitted, for finding the one the user misspelt. */
    List<String> keywords(ParserSupport parser) {
        List<String> keywords = new ArrayList<>();
        for (int kind = kinds.nextSetBit(0); kind >= 0; kind = kinds.nextSetBit(kind + 1)) {
            String image = LaminarSqlParserConstants.tokenImage[kind].replace("\"", "");
            if (TokenWords.isWord(image) && !(takesName() && parser.isName(kind))) {
                keywords.add(image);
            }
        }
        return keywords;
    }

    private static void remove(BitSet from, int[] kinds) {
        for (int kind : kinds) {
            from.clear(kind);
        }
    }
}
