package io.laminar.sql.parser;

import io.laminar.sql.parser.generated.LaminarSqlParserConstants;
import io.laminar.sql.parser.generated.Token;
import java.util.Locale;

/** Tokens in the words of a message. */
final class TokenWords {

    private static final int LONGEST = 30;

    private TokenWords() {}

    /** What a token of the text is: {@code FROM}, {@code name 'x'}, {@code string 'abc'}, {@code end of text}. */
    static String describe(Token token) {
        return switch (token.kind) {
            case LaminarSqlParserConstants.EOF -> "end of text";
            case LaminarSqlParserConstants.IDENTIFIER,
                    LaminarSqlParserConstants.QUOTED_IDENTIFIER,
                    LaminarSqlParserConstants.BACK_QUOTED_IDENTIFIER,
                    LaminarSqlParserConstants.UNICODE_QUOTED_IDENTIFIER -> "name " + shortened(token.image);
            case LaminarSqlParserConstants.QUOTED_STRING,
                    LaminarSqlParserConstants.PREFIXED_STRING_LITERAL,
                    LaminarSqlParserConstants.UNICODE_STRING_LITERAL,
                    LaminarSqlParserConstants.C_STYLE_ESCAPED_STRING_LITERAL,
                    LaminarSqlParserConstants.BINARY_STRING_LITERAL,
                    LaminarSqlParserConstants.DOLLAR_QUOTED_STRING -> "string " + shortened(token.image);
            case LaminarSqlParserConstants.UNSIGNED_INTEGER_LITERAL,
                    LaminarSqlParserConstants.GROUPED_INTEGER_LITERAL,
                    LaminarSqlParserConstants.HEX_INTEGER_LITERAL,
                    LaminarSqlParserConstants.APPROX_NUMERIC_LITERAL,
                    LaminarSqlParserConstants.DECIMAL_NUMERIC_LITERAL -> "number " + shortened(token.image);
            default -> {
                if (ParserSupport.isName(token.kind)) {
                    yield "'" + token.image + "'";
                }
                yield isWord(token.image) ? token.image.toUpperCase(Locale.ROOT) : "'" + token.image + "'";
            }
        };
    }

    /** What a kind of token is called among the things expected, or an empty text for kinds no user should hear of. */
    static String expected(int kind) {
        if (kind == LaminarSqlParserConstants.EOF || kind == LaminarSqlParserConstants.SEMICOLON) {
            return "the end of the statement";
        }
        String image = LaminarSqlParserConstants.tokenImage[kind];
        if (image.startsWith("\"") && image.endsWith("\"")) {
            String plain = image.substring(1, image.length() - 1);
            return isWord(plain) ? plain : "'" + plain + "'";
        }
        return switch (kind) {
            case LaminarSqlParserConstants.QUOTED_STRING -> "a string";
            case LaminarSqlParserConstants.UNSIGNED_INTEGER_LITERAL,
                    LaminarSqlParserConstants.DECIMAL_NUMERIC_LITERAL -> "a number";
            case LaminarSqlParserConstants.DOLLAR_QUOTED_STRING -> "$$ code $$";
            default -> "";
        };
    }

    static boolean isWord(String image) {
        return !image.isEmpty() && (Character.isLetter(image.charAt(0)) || image.charAt(0) == '_');
    }

    private static String shortened(String image) {
        String line = image.lines().findFirst().orElse("");
        boolean whole = line.length() == image.length() && line.length() <= LONGEST;
        String text = whole ? image : line.substring(0, Math.min(line.length(), LONGEST)) + "...";
        return text.startsWith("'") || text.startsWith("\"") || Character.isDigit(text.charAt(0))
                ? text
                : "'" + text + "'";
    }
}
