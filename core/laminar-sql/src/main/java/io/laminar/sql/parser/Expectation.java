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
import java.util.stream.IntStream;

/**
 * What the grammar would have taken in place of the token it stumbled over.
 *
 * @param found the first token that fits none of the grammar's readings
 * @param kinds kinds of tokens that would have fitted there
 */
record Expectation(Token found, BitSet kinds) {

    /** How many things a message lists at most. */
    private static final int MOST = 4;

    /** All kinds of tokens that may be names. */
    private static final BitSet NAMES = new BitSet();

    static {
        IntStream.range(0, tokenImage.length).filter(ParserSupport::isName).forEach(NAMES::set);
    }

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
        VERTICAL_BAR,
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

    /** What fits in so many places that it explains nothing. */
    private static final int[] NOISE = {
        ARRAY,
        MULTISET,
        UNSIGNED,
        VARYING,
        FETCH,
        OFFSET,
        EXCEPT,
        INTERSECT,
        SET_MINUS,
        DECIMAL,
        UESCAPE,
        NAMED_ARGUMENT_ASSIGNMENT,
        DOT,
        ALLOW,
        DISALLOW,
        EXCLUDE,
        TABLESAMPLE,
        HINT_BEG,
        PIVOT,
        UNPIVOT,
        MATCH_RECOGNIZE,
        NATURAL,
        ASOF,
        APPROX_NUMERIC_LITERAL
    };

    /** What to name first when there is more to name than fits. */
    private static final int[] IMPORTANT = {
        COMMA, RPAREN, RBRACKET, GT, EQ, AS, FROM, BY, ON, INTO, SELECT, TABLE, VIEW, FUNCTION, WITH, WHERE, GROUP,
        JOIN, EOF, END, THEN, WHEN, NULL, DISTINCT, TRUE
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

    /** Whether only the literals that options have fit. */
    boolean takesOptionValue() {
        return !takesExpression() && has(QUOTED_STRING) && has(TRUE) && has(LBRACKET);
    }

    /**
     * The things expected as one phrase, or an empty text when there is nothing helpful to say.
     *
     * @param inParentheses whether the token stands right behind an opening parenthesis
     */
    String phrase(boolean inParentheses) {
        if (takesExpression()) {
            String value = has(SELECT) && !inParentheses ? "a query" : "an expression";
            return has(RPAREN) ? value + " or ')'" : value;
        }
        if (takesType()) {
            return "a type";
        }
        if (takesOptionValue()) {
            return "a string, a number, a boolean, an interval or an array";
        }
        if (has(DAY) && has(HOUR) && !takesName()) {
            return "a unit such as MINUTE";
        }
        BitSet rest = (BitSet) kinds.clone();
        Set<String> words = new LinkedHashSet<>();
        if (has(SELECT) && has(VALUES)) {
            words.add("a query");
            remove(rest, QUERY_WORDS);
        }
        boolean wide = goesOnWithOperator();
        if (wide) {
            remove(rest, OPERATORS);
        }
        if (takesName()) {
            if (!wide) {
                words.add("a name");
            }
            rest.andNot(NAMES);
        }
        words.addAll(named(rest));
        return joined(List.copyOf(words));
    }

    /** What is important, and the rest if it is short enough to be worth telling. */
    private static List<String> named(BitSet rest) {
        Set<String> important = new LinkedHashSet<>();
        for (int kind : IMPORTANT) {
            if (rest.get(kind)) {
                important.add(TokenWords.expected(kind));
                rest.clear(kind);
            }
        }
        BitSet without = (BitSet) rest.clone();
        remove(without, NOISE);
        Set<String> others = new LinkedHashSet<>();
        (important.isEmpty() && without.isEmpty() ? rest : without)
                .stream()
                        .mapToObj(TokenWords::expected)
                        .filter(w -> !w.isEmpty())
                        .forEach(others::add);
        List<String> all = new ArrayList<>(important);
        if (important.isEmpty() || important.size() + others.size() <= MOST) {
            all.addAll(others);
        }
        return all.subList(0, Math.min(all.size(), MOST));
    }

    private static String joined(List<String> words) {
        return switch (words.size()) {
            case 0 -> "";
            case 1 -> words.get(0);
            default -> String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
        };
    }

    /** The words of the grammar that would have fitted, for finding the one the user misspelt. */
    List<String> keywords() {
        List<String> keywords = new ArrayList<>();
        for (int kind = kinds.nextSetBit(0); kind >= 0; kind = kinds.nextSetBit(kind + 1)) {
            String image = LaminarSqlParserConstants.tokenImage[kind].replace("\"", "");
            if (TokenWords.isWord(image) && !(takesName() && ParserSupport.isName(kind))) {
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
