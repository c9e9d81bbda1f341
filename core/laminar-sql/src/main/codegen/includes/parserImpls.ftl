<#--
  The statements and operators of Laminar SQL that Calcite's grammar does not have.
-->

/** Parses one statement of a pipeline and the semicolon or end of text after it. */
SqlNode PipelineStatement() :
{
    final SqlNode statement;
}
{
    statement = LaminarStatement() { lastOfStatement = getToken(0); }
    ( <SEMICOLON> | <EOF> )
    { return statement; }
}

/** Parses one expression that is the whole text. */
SqlNode WholeExpression() :
{
    final SqlNode e;
}
{
    e = Expression(ExprContext.ACCEPT_SUB_QUERY) <EOF>
    { return e; }
}

SqlNode LaminarStatement() :
{
    final SqlNode statement;
}
{
    (
        LOOKAHEAD(1) statement = CreateStatement()
    |
        LOOKAHEAD(1) statement = DropStatement()
    |
        LOOKAHEAD(1) statement = InsertStatement()
    |
        LOOKAHEAD(1) statement = SetStatement()
    |
        LOOKAHEAD(1) statement = ExplainStatement()
    |
        LOOKAHEAD(1) statement = EmittedQuery()
    )
    { return statement; }
}

/** Parses a query with an optional EMIT. */
SqlNode EmittedQuery() :
{
    final SqlNode query;
    final EmitQuery.Mode mode;
    SqlNode interval = null;
    final Span s;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [
        <EMIT> { s = Span.of(query); }
        (
            <FINAL> { mode = EmitQuery.Mode.FINAL; }
        |
            <CHANGES> { mode = EmitQuery.Mode.CHANGES; }
        |
            <EVERY> interval = IntervalOrText() { mode = EmitQuery.Mode.EVERY; }
        )
        { return new EmitQuery(s.end(this), query, mode, interval); }
    ]
    { return query; }
}

/** Parses an interval literal, or a string that means one. */
SqlNode IntervalOrText() :
{
    final SqlNode literal;
    final String text;
}
{
    literal = IntervalLiteral() { return literal; }
|
    text = SimpleStringLiteral() { return interval(1, text, null, getPos()); }
}

SqlNode InsertStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode table;
    final SqlNodeList columns;
    final SqlNode source;
}
{
    <INSERT> { s = span(); }
    <INTO> name = CompoundTableIdentifier()
    ( table = TableHints(name) | { table = name; } )
    (
        LOOKAHEAD(<LPAREN> SimpleIdentifier() ( <COMMA> | <RPAREN> ))
        columns = ParenthesizedSimpleIdentifierList()
    |
        { columns = null; }
    )
    source = EmittedQuery()
    { return new SqlInsert(s.end(source), SqlNodeList.EMPTY, table, source, columns); }
}

SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); }
    name = DottedWords()
    <EQ>
    (
        LOOKAHEAD({ kindOfNext() == DEFAULT_ || kindOfNext() == ON || isName(kindOfNext()) })
        value = DottedWords()
    |
        value = OptionValue()
    )
    { return new SetOption(s.end(value), name, value); }
}

SqlNode ExplainStatement() :
{
    final Span s;
    Explain.Format format = Explain.Format.TEXT;
    final SqlIdentifier word;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    [ <PLAN> <FOR> ]
    [
        LOOKAHEAD(2)
        <LPAREN> <FORMAT> word = SimpleIdentifier() <RPAREN> {
            format = choice(word, Explain.Format.class, "a format of EXPLAIN");
        }
    ]
    (
        LOOKAHEAD(1) statement = CreateStatement()
    |
        LOOKAHEAD(1) statement = InsertStatement()
    |
        LOOKAHEAD(1) statement = EmittedQuery()
    )
    { return new Explain(s.end(statement), format, statement); }
}

SqlNode DropStatement() :
{
    final Span s;
    final DropObject.Kind kind;
    boolean ifExists = false;
    final SqlIdentifier name;
}
{
    <DROP> { s = span(); }
    (
        <TABLE> { kind = DropObject.Kind.TABLE; }
    |
        <VIEW> { kind = DropObject.Kind.VIEW; }
    |
        <FUNCTION> { kind = DropObject.Kind.FUNCTION; }
    )
    [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    name = CompoundTableIdentifier()
    { return new DropObject(s.end(name), kind, ifExists, name); }
}

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    boolean temporary = false;
    final SqlNode statement;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    { expectCreatable(); }
    (
        LOOKAHEAD({ nextIsFunction() })
        statement = CreateFunctionRest(s, replace)
    |
        [ <TEMPORARY> { temporary = true; } ]
        (
            statement = CreateTableRest(s, replace, temporary)
        |
            statement = CreateViewRest(s, replace, temporary)
        )
    )
    { return statement; }
}

boolean IfNotExists() :
{}
{
    LOOKAHEAD(2)
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

SqlNode CreateTableRest(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final TableParts parts = new TableParts();
    SqlNode query = null;
}
{
    {
        if (replace) {
            throw wrong("OR REPLACE is for views and functions, not for tables", "use DROP TABLE IF EXISTS first");
        }
    }
    <TABLE>
    ifNotExists = IfNotExists()
    name = CompoundTableIdentifier()
    [ LOOKAHEAD(1) <LPAREN> TableElement(parts) ( <COMMA> TableElement(parts) )* <RPAREN> ]
    (
        <WITH> { parts.startOptions(getPos()); } AddOptions(parts.entries)
    |
        <PARTITIONED> { parts.startPartitions(getPos()); } <BY> <LPAREN>
        AddExpressions(parts.partitionedBy, ExprContext.ACCEPT_NON_QUERY) <RPAREN>
    )*
    [ <AS> query = EmittedQuery() ]
    {
        if (query == null && !parts.describesTable()) {
            throw unexpected("columns in parentheses, WITH (...) or AS and a query", null);
        }
        return parts.createTable(
            s.end(this), new CreateTable.Modifiers(temporary, ifNotExists), name, query);
    }
}

void TableElement(TableParts parts) :
{
    final Span s;
    final SqlIdentifier column;
    final SqlNodeList columns;
    SqlNode expression = null;
}
{
    LOOKAHEAD(2)
    <WATERMARK> { s = span(); } <FOR> column = SimpleIdentifier()
    [ <AS> expression = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    { parts.setWatermark(new Watermark(s.end(this), column, expression)); }
|
    LOOKAHEAD(3)
    <PRIMARY> { s = span(); } <KEY> columns = ParenthesizedSimpleIdentifierList() NotEnforced()
    { parts.setPrimaryKey(s.end(this), columns); }
|
    Column(parts)
}

/** Flink writes NOT ENFORCED after every key; here no key is ever enforced and the words say nothing. */
void NotEnforced() :
{}
{
    [ LOOKAHEAD(2) <NOT> <ENFORCED> ]
}

void Column(TableParts parts) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final ColumnParts column;
    SqlNode key;
    SqlNode expression;
}
{
    name = SimpleIdentifier() type = DataType() { column = new ColumnParts(name, type); }
    (
        <NOT> <NULL> { column.notNull(getPos()); }
    |
        <NULL>
    |
        <PRIMARY> <KEY> NotEnforced() { column.primaryKey(getPos()); }
    |
        <METADATA> { column.metadata(getPos()); }
        [ <FROM> key = TextLiteral() { column.metadataKey(key); } ]
    |
        <GENERATED> { column.generated(getPos()); } <ALWAYS> <AS>
        <LPAREN> expression = Expression(ExprContext.ACCEPT_NON_QUERY) <RPAREN> { column.expression(expression); }
        [
            <STORED> { column.stored(true); }
        |
            <VIRTUAL> { column.stored(false); }
        ]
    )*
    { parts.columns.add(column.create(Span.of(name).end(this))); }
}

SqlNode CreateViewRest(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNodeList columns;
    final SqlNode query;
}
{
    <VIEW>
    ifNotExists = IfNotExists()
    name = CompoundTableIdentifier()
    ( columns = ParenthesizedSimpleIdentifierList() | { columns = SqlNodeList.EMPTY; } )
    <AS> query = EmittedQuery()
    {
        return new CreateView(
            s.end(query), new CreateView.Modifiers(replace, temporary, ifNotExists), name, columns, query);
    }
}

SqlNode CreateFunctionRest(Span s, boolean replace) :
{
    CreateFunction.Kind kind = CreateFunction.Kind.SCALAR;
    final SqlIdentifier name;
    final List<SqlNode> parameters = new ArrayList<SqlNode>();
    final SqlDataTypeSpec returns;
    SqlIdentifier language = null;
    final List<SqlNode> entries = new ArrayList<SqlNode>();
    final CodeLiteral body;
}
{
    [
        <AGGREGATE> { kind = CreateFunction.Kind.AGGREGATE; }
    |
        <TABLE> { kind = CreateFunction.Kind.TABLE; }
    |
        <ASYNC> { kind = CreateFunction.Kind.ASYNC; }
    ]
    <FUNCTION> name = SimpleIdentifier()
    <LPAREN> [ AddParameter(parameters) ( <COMMA> AddParameter(parameters) )* ] <RPAREN>
    <RETURNS> returns = ReturnType()
    (
        <LANGUAGE> language = SimpleIdentifier()
    |
        <WITH> AddOptions(entries)
    )*
    <AS> body = Code()
    [ <LANGUAGE> language = SimpleIdentifier() ]
    {
        if (language == null) {
            throw wrong("the function's language is missing", "write LANGUAGE java after the RETURNS type");
        }
        return new CreateFunction(
            s.end(this),
            replace,
            kind,
            name,
            new SqlNodeList(parameters, s.pos()),
            returns,
            language,
            new SqlNodeList(entries, s.pos()),
            body);
    }
}

void AddParameter(List<SqlNode> parameters) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final boolean nullable;
}
{
    name = SimpleIdentifier() type = DataType() nullable = NotNullOpt()
    { parameters.add(new FunctionParameter(Span.of(name).end(this), name, type, !nullable)); }
}

/** Parses a type, or {@code TABLE (a T, ...)} for the rows of a table function. */
SqlDataTypeSpec ReturnType() :
{
    final Span s;
    final SqlDataTypeSpec type;
    final boolean nullable;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
}
{
    <TABLE> { s = span(); } <LPAREN> AddFieldNameTypes(names, types) <RPAREN> {
        return new SqlDataTypeSpec(new StructTypeSpec(s.end(this), names, types), s.pos());
    }
|
    type = DataType() nullable = NotNullOpt() {
        return type.withNullable(nullable, type.getParserPosition());
    }
}

CodeLiteral Code() :
{
    final String text;
}
{
    <DOLLAR_QUOTED_STRING> {
        return new CodeLiteral(getPos(), dollarText(token.image), dollarQuoteLength(token.image));
    }
|
    <QUOTED_STRING> {
        return new CodeLiteral(getPos(), quotedText(token.image), 1);
    }
}

/** Parses {@code (key = value, ...)}. */
void AddOptions(List<SqlNode> entries) :
{}
{
    <LPAREN>
    [
        // JavaCC takes a rule that starts with Java code for one that always fits.
        LOOKAHEAD({ kindOfNext() != RPAREN })
        AddOption(entries) ( <COMMA> AddOption(entries) )*
    ]
    <RPAREN>
}

void AddOption(List<SqlNode> entries) :
{
    final SqlNode key;
    final SqlNode value;
}
{
    (
        key = TextLiteral()
    |
        LOOKAHEAD({ nextIsWord() })
        key = DottedWords()
    |
        key = SimpleIdentifier()
    )
    <EQ>
    value = OptionValue()
    { entries.add(new TableOption(Span.of(key).end(this), key, value)); }
}

SqlNode OptionValue() :
{
    final SqlNode value;
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final Span s;
}
{
    value = NumericLiteral() { return value; }
|
    value = TextLiteral() { return value; }
|
    value = BooleanLiteral() { return value; }
|
    value = IntervalLiteral() { return value; }
|
    { s = Span.of(); descend(); }
    [ <ARRAY> { s.add(this); } ]
    <LBRACKET> { s.add(this); }
    [ AddOptionItem(items) ( <COMMA> AddOptionItem(items) )* ]
    <RBRACKET> {
        ascend();
        return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(s.end(this), items);
    }
}

void AddOptionItem(List<SqlNode> items) :
{
    final SqlNode item;
}
{
    item = OptionValue() { items.add(item); }
}

SqlLiteral BooleanLiteral() :
{}
{
    <TRUE> { return SqlLiteral.createBoolean(true, getPos()); }
|
    <FALSE> { return SqlLiteral.createBoolean(false, getPos()); }
}

/** Parses one string; unlike StringLiteral it does not join strings that follow each other. */
SqlNode TextLiteral() :
{}
{
    <QUOTED_STRING> {
        return SqlLiteral.createCharString(quotedText(token.image), getPos());
    }
|
    <C_STYLE_ESCAPED_STRING_LITERAL> {
        return SqlLiteral.createCharString(escapedText(token.image, getPos()), getPos());
    }
}

/** Parses words joined by dots, where a word may be reserved or quoted. */
SqlIdentifier DottedWords() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
}
{
    AddWord(names, positions)
    ( <DOT> AddWord(names, positions) )*
    { return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions); }
}

void AddWord(List<String> names, List<SqlParserPos> positions) :
{}
{
    LOOKAHEAD({ nextIsWord() })
    ReservedOrNot() { names.add(token.image); positions.add(getPos()); }
|
    AddIdentifierSegment(names, positions)
}

/** Takes the next token whatever kind of word it is. */
JAVACODE void ReservedOrNot()
{
    getNextToken();
}

/** Parses {@code ::type} after an operand. */
void CastSuffix(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, getPos()));
    }
    type = DataType() {
        if (getToken(1).kind == LBRACKET) {
            throw wrong("an element is taken from a type", "put the cast in parentheses: (x::T[])[1]");
        }
        list.add(type);
    }
}

/** Parses {@code AT TIME ZONE zone} after an operand. AT is a name everywhere else. */
void AtTimeZoneSuffix(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    LOOKAHEAD({ nextIsAtTimeZone() })
    <IDENTIFIER> <TIME> <ZONE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(TimeZoneOperator.INSTANCE, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}
