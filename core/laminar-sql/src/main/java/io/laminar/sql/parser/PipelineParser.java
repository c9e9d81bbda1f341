package io.laminar.sql.parser;

import io.laminar.spi.error.LaminarException;
import io.laminar.sql.parser.generated.LaminarSqlParser;
import io.laminar.sql.parser.generated.LaminarSqlParserConstants;
import io.laminar.sql.parser.generated.ParseException;
import io.laminar.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.util.SourceStringReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a pipeline. Positions in trees and errors are one-based lines and columns of the whole text. Takes
 * time linear in the length of the text.
 */
public final class PipelineParser {

    private static final int LONGEST_NAME = 1_000;

    /** Something the grammar reads. */
    @FunctionalInterface
    private interface Production {
        SqlNode read() throws ParseException;
    }

    private final String sql;
    private final LaminarSqlParser parser;
    private final List<LaminarException> errors = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /** Whether the statement of the last error goes on to the end of the text. */
    private boolean lastErrorAtEnd;

    private PipelineParser(String sql) {
        this.sql = sql;
        this.parser = (LaminarSqlParser) LaminarSqlParser.FACTORY.getParser(new SourceStringReader(sql));
        parser.setTabSize(1);
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(LONGEST_NAME);
        parser.setConformance(LaminarConformance.INSTANCE);
        parser.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    }

    /**
     * Reads statements separated by semicolons.
     *
     * @return the statements in the order of the text; none for a text of white space and comments
     * @throws LaminarException for the first error; further ones are its suppressed exceptions
     */
    public static List<ParsedStatement> parse(String sql) {
        ParseResult result = parseAll(sql);
        if (result.errors().isEmpty()) {
            return result.statements();
        }
        LaminarException first = result.errors().get(0);
        result.errors().stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }

    /** Reads statements separated by semicolons; goes on at the next semicolon after an error. */
    public static ParseResult parseAll(String sql) {
        return new PipelineParser(sql).statements();
    }

    /** Reads statements as if that many lines of something else stood before them. */
    public static ParseResult parseBehind(int lines, String sql) {
        return parseAll("\n".repeat(lines) + sql);
    }

    /**
     * Reads a text that is one expression, such as a column's default or a filter.
     *
     * @throws LaminarException when it is not
     */
    public static SqlNode parseExpression(String sql) {
        PipelineParser expression = new PipelineParser(sql);
        SqlNode node = expression.guarded(expression.parser::WholeExpression);
        expression.reportUnclosedComment();
        if (node == null || !expression.errors.isEmpty()) {
            throw expression.errors.get(0);
        }
        return node;
    }

    private ParseResult statements() {
        TextLines lines = new TextLines(sql);
        List<ParsedStatement> statements = new ArrayList<>();
        Token last = parser.getToken(0);
        while (skipSemicolons()) {
            Token first = parser.getToken(1);
            SqlNode node = parser.startsStatement(first.kind) ? guarded(parser::PipelineStatement) : refused(first);
            Token end = parser.lastOfStatement();
            if (node != null && end != null) {
                statements.add(statement(lines, node, first, end));
            } else {
                noteDeclared(first);
            }
            Token now = parser.getToken(0);
            if (now == last || now.kind == LaminarSqlParserConstants.EOF) {
                break;
            }
            last = now;
        }
        reportUnclosedComment();
        return new ParseResult(List.copyOf(statements), List.copyOf(errors), List.copyOf(unread));
    }

    /** Whether anything but semicolons follows. */
    private boolean skipSemicolons() {
        while (parser.getToken(1).kind == LaminarSqlParserConstants.SEMICOLON) {
            parser.getNextToken();
        }
        return parser.getToken(1).kind != LaminarSqlParserConstants.EOF;
    }

    private static ParsedStatement statement(TextLines lines, SqlNode node, Token first, Token end) {
        SqlParserPos pos = new SqlParserPos(first.beginLine, first.beginColumn, end.endLine, end.endColumn);
        return new ParsedStatement(node, SyntaxErrors.place(pos), lines.between(pos));
    }

    /** Reads one thing; notes the error if there is one, skips to the next semicolon and gives null. */
    private @Nullable SqlNode guarded(Production production) {
        Token first = parser.getToken(1);
        parser.startStatement();
        try {
            return production.read();
        } catch (ParseException e) {
            errors.add(Explanation.of(first, Expectation.of(e)));
        } catch (LaminarException e) {
            errors.add(e);
        } catch (CalciteException e) {
            errors.add(SyntaxErrors.of(e, ParserSupport.position(parser.getToken(0))));
        } catch (NumberFormatException e) {
            // Of an exponent with more than nine digits.
            errors.add(SyntaxErrors.at(
                    ParserSupport.position(parser.getToken(0)),
                    "the number is out of range",
                    "a DOUBLE goes up to about 1.8e308"));
        } catch (StackOverflowError e) {
            // The limits on nesting fit the usual stack of a thread; a caller may have less.
            errors.add(SyntaxErrors.at(ParserSupport.position(first), "the statement is nested too deeply", null));
        } catch (RuntimeException | AssertionError e) {
            errors.add(Explanation.defect(parser.getToken(0), e));
        }
        skipStatement();
        return null;
    }

    /** The name in {@code CREATE ... TABLE name} or VIEW, if the statement comes that far. */
    private void noteDeclared(Token first) {
        if (first.kind != LaminarSqlParserConstants.CREATE) {
            return;
        }
        for (Token token = first.next; token != null; token = token.next) {
            switch (token.kind) {
                case LaminarSqlParserConstants.OR,
                        LaminarSqlParserConstants.REPLACE,
                        LaminarSqlParserConstants.TEMPORARY,
                        LaminarSqlParserConstants.TABLE,
                        LaminarSqlParserConstants.VIEW,
                        LaminarSqlParserConstants.IF,
                        LaminarSqlParserConstants.NOT,
                        LaminarSqlParserConstants.EXISTS -> {}
                case LaminarSqlParserConstants.IDENTIFIER -> {
                    unread.add(token.image);
                    return;
                }
                case LaminarSqlParserConstants.QUOTED_IDENTIFIER -> {
                    unread.add(SqlParserUtil.stripQuotes(token.image, "\"", "\"", "\"\"", Casing.UNCHANGED));
                    return;
                }
                default -> {
                    return;
                }
            }
        }
    }

    private @Nullable SqlNode refused(Token first) {
        errors.add(Explanation.notAStatement(first));
        parser.getNextToken();
        skipStatement();
        return null;
    }

    private void skipStatement() {
        // The error may lie before the token read last: a statement's own semicolon must not be skipped twice.
        Token token = parser.getToken(0);
        while (token.kind != LaminarSqlParserConstants.SEMICOLON && token.kind != LaminarSqlParserConstants.EOF) {
            token = parser.getNextToken();
        }
        lastErrorAtEnd = token.kind == LaminarSqlParserConstants.EOF;
    }

    /** Whatever else is wrong near the end of the text follows from a comment that swallows the rest of it. */
    private void reportUnclosedComment() {
        SqlParserPos comment = parser.unclosedComment();
        if (comment == null) {
            return;
        }
        if (lastErrorAtEnd) {
            errors.remove(errors.size() - 1);
        }
        errors.add(SyntaxErrors.at(comment, "the comment that opens here is not closed", "close it with */"));
    }
}
