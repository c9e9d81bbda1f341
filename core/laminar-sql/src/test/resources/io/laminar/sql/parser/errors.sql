-- 1:11 unexpected FROM; expected an expression
-- hint: remove the comma before FROM
SELECT a, FROM t

-- 1:12 unexpected name 'c'; expected ',', FROM or the end of the statement
-- hint: is a comma missing before 'c'?
SELECT a b c FROM t

-- 1:15 unexpected name 't'; expected ',', FROM or the end of the statement
-- hint: did you mean 'FROM' instead of 'FORM'?
SELECT a FORM t

-- 1:23 unexpected name 'a'; expected ',', WHERE, GROUP or JOIN
-- hint: did you mean 'WHERE' instead of 'WEHRE'?
SELECT a FROM t WEHRE a = 1

-- 1:23 unexpected BY; expected ',', WHERE, GROUP or JOIN
-- hint: did you mean 'GROUP' instead of 'GRUOP'?
SELECT a FROM t GRUOP BY a

-- 1:23 unexpected name 'a'; expected BY
SELECT a FROM t GROUP a

-- 1:23 unexpected name 'a'; expected BY
SELECT a FROM t ORDER a

-- 1:22 unexpected end of text; expected an expression
SELECT a FROM t WHERE

-- 1:8 unexpected FROM; expected an expression
SELECT FROM t

-- 1:14 unexpected end of text; expected a name, TABLE, LATERAL or '('
SELECT a FROM

-- 1:27 unexpected '='; expected an expression
SELECT a FROM t WHERE a = = 1

-- 1:29 unexpected end of text; expected ',' or ')'
-- hint: the ( at line 1, column 23 is not closed
SELECT a FROM t WHERE (a = 1

-- 1:28 unexpected ')'; expected GROUP or the end of the statement
-- hint: nothing is open that it could close
SELECT a FROM t WHERE a = 1)

-- 1:15 unexpected FROM; expected ',' or ')'
-- hint: the ( at line 1, column 8 is not closed
SELECT (a + b FROM t

-- 1:15 unexpected FROM; expected ',', ')' or ORDER
-- hint: the ( at line 1, column 9 is not closed
SELECT f(a, b FROM t

-- 1:12 unexpected name 'b'; expected ',', ')' or ORDER
-- hint: is a comma missing before 'b'?
SELECT f(a b) FROM t

-- 1:8 the quote ' that opens here is not closed
SELECT 'abc FROM t

-- 1:8 the quote " that opens here is not closed
SELECT "abc FROM t

-- 1:8 the quote ` that opens here is not closed
SELECT `abc FROM t

-- 1:10 the comment that opens here is not closed
-- hint: close it with */
SELECT a /* comment FROM t

-- 1:8 unexpected ORDER; expected an expression
-- hint: ORDER is a reserved word; as a name it needs double quotes: "order"
SELECT order FROM t

-- 1:13 unexpected ORDER; expected a name or a string
-- hint: ORDER is a reserved word; as a name it needs double quotes: "order"
SELECT a AS order FROM t

-- 1:15 unexpected ORDER; expected a name, TABLE, LATERAL or '('
-- hint: ORDER is a reserved word; as a name it needs double quotes: "order"
SELECT a FROM order

-- 1:8 unexpected GROUP; expected an expression
-- hint: GROUP is a reserved word; as a name it needs double quotes: "group"
SELECT group, b FROM t

-- 1:17 unexpected ORDER; expected a name
-- hint: ORDER is a reserved word; as a name it needs double quotes: "order"
CREATE TABLE t (order INT)

-- 1:23 unexpected name 'b'; expected ',', ')' or NULL
-- hint: is a comma missing before 'b'?
CREATE TABLE t (a INT b INT)

-- 1:24 unexpected ')'; expected a name
-- hint: remove the comma before ')'
CREATE TABLE t (a INT, )

-- 1:23 unexpected ','; expected a name
CREATE TABLE t (a INT,, b INT)

-- 1:18 unexpected ')'; expected a type
CREATE TABLE t (a)

-- 1:22 unexpected end of text; expected ',', ')' or NULL
-- hint: the ( at line 1, column 16 is not closed
CREATE TABLE t (a INT

-- 1:17 unexpected ')'; expected a name
CREATE TABLE t ()

-- 1:15 unexpected end of text; expected columns in parentheses, WITH (...) or AS and a query
CREATE TABLE t

-- 1:8 unexpected name 'TABEL'; expected TABLE, VIEW or FUNCTION
-- hint: did you mean 'TABLE'?
CREATE TABEL t (a INT)

-- 1:8 unexpected name 't'; expected TABLE, VIEW or FUNCTION
CREATE t (a INT)

-- 1:19 OR REPLACE is for views and functions, not for tables
-- hint: use DROP TABLE IF EXISTS first
CREATE OR REPLACE TABLE t (a INT)

-- 1:42 unexpected name 'kafka'; expected a string, a number, a boolean, an interval or an array
-- hint: put the value in single quotes: 'kafka'
CREATE TABLE t (a INT) WITH (connector = kafka)

-- 1:40 unexpected string 'kafka'; expected '='
-- hint: write key = value
CREATE TABLE t (a INT) WITH (connector 'kafka')

-- 1:42 unexpected ':'; expected '='
-- hint: write key = value
CREATE TABLE t (a INT) WITH ('connector' : 'kafka')

-- 1:50 unexpected name 'topic'; expected ',' or ')'
-- hint: is a comma missing before 'topic'?
CREATE TABLE t (a INT) WITH (connector = 'kafka' topic = 'x')

-- 1:50 unexpected ')'; expected a name or a string
-- hint: remove the comma before ')'
CREATE TABLE t (a INT) WITH (connector = 'kafka',)

-- 1:29 unexpected name 'connector'; expected '('
CREATE TABLE t (a INT) WITH connector = 'kafka'

-- 1:34 unexpected NULL; expected a string, a number, a boolean, an interval or an array
-- hint: put the value in single quotes: 'null'
CREATE TABLE t (a INT) WITH (a = null)

-- 1:37 a table has only one WITH
CREATE TABLE t (a INT) WITH (a = 1) WITH (b = 2)

-- 1:26 unexpected ')'; expected NULL
CREATE TABLE t (a INT NOT)

-- 1:30 unexpected ')'; expected KEY
CREATE TABLE t (a INT PRIMARY)

-- 1:33 unexpected AS; expected ALWAYS
CREATE TABLE t (a INT GENERATED AS (b))

-- 1:48 unexpected ')'; expected an expression
CREATE TABLE t (a TIMESTAMP, WATERMARK FOR a AS)

-- 1:47 a table has only one WATERMARK
CREATE TABLE t (a TIMESTAMP, WATERMARK FOR a, WATERMARK FOR b)

-- 1:28 unexpected ','; expected '>' or '['
CREATE TABLE t (a ARRAY<INT, b INT)

-- 1:26 unexpected '>'; expected ',' or '['
CREATE TABLE t (a MAP<INT>)

-- 1:29 unexpected '>'; expected a type
CREATE TABLE t (a STRUCT<INT>)

-- 1:27 unexpected name 'x'; expected a number
CREATE TABLE t (a DECIMAL(x))

-- 1:15 unexpected SELECT; expected AS or '('
CREATE VIEW v SELECT 1

-- 1:17 unexpected end of text; expected a query
CREATE VIEW v AS

-- 1:18 a value stands where a query belongs
-- hint: start it with SELECT
CREATE VIEW v AS 5

-- 1:26 unexpected 'LANGUAGE'; expected RETURNS
CREATE FUNCTION f(a INT) LANGUAGE java AS $$ x $$

-- 1:48 the function's language is missing
-- hint: write LANGUAGE java after the RETURNS type
CREATE FUNCTION f(a INT) RETURNS INT AS $$ x $$

-- 1:55 the quote $$ that opens here is not closed
CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE java AS $$ x

-- 1:22 unexpected ')'; expected a type
CREATE FUNCTION f(INT) RETURNS INT LANGUAGE java AS $$ x $$

-- 1:8 unexpected name 'AGREGATE'; expected TABLE, VIEW or FUNCTION
-- hint: did you mean 'AGGREGATE'?
CREATE AGREGATE FUNCTION f(a INT) RETURNS INT LANGUAGE java AS $$ x $$

-- 1:8 unexpected name 't'; expected INTO
INSERT t SELECT 1

-- 1:13 unexpected SELECT; expected a name
INSERT INTO SELECT 1

-- 1:14 unexpected end of text; expected a query
INSERT INTO t

-- 1:21 unexpected VALUES; expected ',' or ')'
-- hint: the ( at line 1, column 15 is not closed
INSERT INTO t (a, b VALUES (1)

-- 1:23 a value stands where a query belongs
-- hint: start it with SELECT
INSERT INTO t VALUE (1)

-- 1:15 a value stands where a query belongs
-- hint: start it with SELECT
INSERT INTO t 5

-- 1:6 unexpected end of text; expected '='
-- hint: write key = value
SET x

-- 1:7 unexpected number 5; expected '='
-- hint: write key = value
SET x 5

-- 1:5 unexpected '='; expected a name
SET = 5

-- 1:8 unexpected end of text; expected a string, a number, a boolean, an interval or an array
SET x =

-- 1:8 unexpected end of text; expected a query
EXPLAIN

-- 1:17 'xml' is not a format of EXPLAIN
-- hint: choose one of text, json, dot
EXPLAIN (FORMAT xml) SELECT 1

-- 1:6 unexpected name 't'; expected TABLE, VIEW or FUNCTION
DROP t

-- 1:11 unexpected end of text; expected a name
DROP TABLE

-- 1:1 unexpected name 'UPDATE' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
UPDATE t SET a = 1

-- 1:1 unexpected name 'DELETE' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
DELETE FROM t

-- 1:1 unexpected name 'SELCT' at the start of a statement
-- hint: did you mean 'SELECT'?
SELCT a FROM t

-- 1:1 unexpected name 'foo' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
foo

-- 1:1 unexpected number 5 at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
5

-- 1:1 unexpected ')' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
)

-- 1:8 INVALID_LITERAL: '5' is not a time span: it has no unit
-- hint: write INTERVAL '5 seconds' or INTERVAL '1' HOUR
SELECT INTERVAL '5'

-- 1:8 INVALID_LITERAL: '5 apples' is not a time span
-- hint: write INTERVAL '5 seconds' or INTERVAL '1' HOUR
SELECT INTERVAL '5 apples'

-- 1:8 INVALID_LITERAL: an interval holds either years and months or days and time, not both
-- hint: add two intervals one after the other
SELECT INTERVAL '1 month 2 days'

-- 1:8 INVALID_LITERAL: 'x' is not a time span
-- hint: write INTERVAL '5 seconds' or INTERVAL '1' HOUR
SELECT INTERVAL 'x' MINUTE

-- 1:18 unexpected end of text; expected a unit such as MINUTE
SELECT INTERVAL 5

-- 1:8 '5s' is neither a number nor a name
-- hint: a time span is written INTERVAL '5 seconds'; a name that starts with a digit needs double quotes
SELECT 5s

-- 1:10 the character '#' means nothing here
-- hint: a comment starts with --
SELECT a # b

-- 1:8 the character '‘' means nothing here
-- hint: use straight quotes: ' for strings, " for names
SELECT ‘a’

-- 1:11 unexpected '&'; expected an expression
-- hint: write AND
SELECT a && b

-- 1:8 the character '!' means nothing here
-- hint: write NOT, or <> for not equal
SELECT !a

-- 1:10 unexpected '=>'; expected ',', AS, FROM or the end of the statement
SELECT a => b

-- 1:28 unexpected number 1; expected '('
SELECT a FROM t WHERE a IN 1

-- 1:34 BETWEEN needs two bounds
-- hint: write a BETWEEN low AND high
SELECT a FROM t WHERE a BETWEEN 1

-- 1:29 unexpected end of text; expected an expression
SELECT a FROM t WHERE a LIKE

-- 1:26 unexpected end of text; expected END, WHEN or ELSE
SELECT CASE WHEN a THEN b

-- 1:15 unexpected 'END'; expected WHEN
SELECT CASE a END

-- 1:15 unexpected 'INT'; expected AS
SELECT CAST(a INT)

-- 1:17 unexpected ')'; expected a type
SELECT CAST(a AS)

-- 1:11 unexpected end of text; expected a type
SELECT a::

-- 1:14 an element is taken from a type
-- hint: put the cast in parentheses: (x::T[])[1]
SELECT a::int[1]

-- 1:11 unexpected FROM; expected a name or '*'
SELECT a. FROM t

-- 1:13 unexpected FROM; expected a name or '*'
SELECT a.b. FROM t

-- 1:12 unexpected FROM; expected ']'
-- hint: the [ at line 1, column 9 is not closed
SELECT a[1 FROM t

-- 1:14 unexpected FROM; expected ',' or ']'
-- hint: the [ at line 1, column 8 is not closed
SELECT [1, 2 FROM t

-- 1:25 unexpected name 'a'; expected WHERE
SELECT count(*) FILTER (a > 1) FROM t

-- 1:20 unexpected FROM; expected a name or '('
SELECT sum(a) OVER FROM t

-- 1:31 unexpected name 'a'; expected ')'
-- hint: write PARTITION BY
SELECT sum(a) OVER (PARTITION a) FROM t

-- 1:36 unexpected ')'; expected an expression
SELECT sum(a) OVER (ORDER BY a ROWS) FROM t

-- 1:25 unexpected '.'; expected ',', ON, WHERE or GROUP
-- hint: is ON missing before the condition?
SELECT * FROM a JOIN b a.id = b.id

-- 1:22 unexpected name 'b'; expected JOIN, OUTER, ANTI or SEMI
SELECT * FROM a LEFT b ON true

-- 1:40 an ASOF join needs a MATCH_CONDITION
-- hint: write ASOF JOIN t MATCH_CONDITION l.at >= t.at ON ...
SELECT * FROM a ASOF JOIN b ON a.x = b.x

-- 1:53 MATCH_CONDITION belongs to an ASOF join
SELECT * FROM a JOIN b MATCH_CONDITION a.x > b.x ON true

-- 1:32 unexpected 'EMIT'; expected ',', ')', AS or WHERE
-- hint: EMIT stands at the end of the whole query, outside parentheses
SELECT * FROM (SELECT 1 FROM t EMIT FINAL)

-- 1:27 unexpected end of text; expected INTERVAL or a string
SELECT a FROM t EMIT EVERY

-- 1:22 unexpected name 'SOMETIMES'; expected ',', WHERE, GROUP or JOIN
-- hint: EMIT is followed by FINAL, CHANGES or EVERY and an interval
SELECT a FROM t EMIT SOMETIMES

-- 1:23 unexpected name 'x'; expected ALL or a number
SELECT a FROM t LIMIT x

-- 1:25 unexpected LIMIT; expected ',', the end of the statement or EMIT
SELECT a FROM t LIMIT 5 LIMIT 6

-- 1:22 unexpected end of text; expected a query
SELECT a FROM t UNION

-- 1:23 a value stands where a query belongs
-- hint: start it with SELECT
SELECT a FROM t UNION b

-- 1:11 unexpected SELECT; expected '('
WITH x AS SELECT 1 SELECT * FROM x

-- 1:9 unexpected SELECT; expected a name
WITH x (SELECT 1) SELECT * FROM x

-- 1:36 unexpected name 'DESCRIPTOR'; expected ',', ')', ORDER or PARTITION
-- hint: is a comma missing before 'DESCRIPTOR'?
SELECT * FROM TABLE(TUMBLE(TABLE t DESCRIPTOR(ts), INTERVAL '1' MINUTE))

-- 1:8 a binary literal holds pairs of hex digits
-- hint: write X'0AFF'
SELECT x'0g'

-- 1:10 a string cannot be a name
-- hint: put the name in double quotes, or a comma before the string
SELECT 1 'a'

-- 1:8 a Unicode escape in the string is not complete
-- hint: write a backslash and four hex digits
SELECT U&'\00'

-- 1:8 a Unicode escape in the string is not complete
-- hint: write a backslash and four hex digits
SELECT e'\u00'

-- 1:32 unexpected name 't'; expected ',', FROM or the end of the statement
-- hint: did you mean 'FROM' instead of 'FORM'?
-- 1:45 unexpected FROM; expected an expression
-- hint: remove the comma before FROM
SELECT a FROM t; SELECT b FORM t; SELECT c, FROM t; SELECT d FROM t

-- 1:17 unexpected SELECT; expected ',', AS, WHERE or GROUP
-- hint: is a semicolon missing before SELECT?
SELECT a FROM t SELECT b FROM u

-- 1:13 unexpected end of text; expected ',' or ')'
-- hint: the ( at line 1, column 8 is not closed
VALUES (1, 2

-- 1:7 unexpected end of text; expected an expression
VALUES

-- 1:6 unexpected end of text; expected a name
TABLE

-- 1:17 unexpected name 'e'; expected ',', FROM or the end of the statement
-- hint: is a comma missing before 'e'?
SELECT a b, c d e, f FROM t

-- 1:14 unexpected name "y"; expected ',', FROM or the end of the statement
-- hint: is a comma missing before "y"?
SELECT a "x" "y" FROM t

-- 1:50 unexpected ')'; expected an expression
SELECT row_number() OVER (PARTITION BY a ORDER BY) FROM t

-- 1:10 this ESCAPE belongs to no LIKE
-- hint: write a LIKE pattern ESCAPE character
SELECT a ESCAPE 'x' FROM t

-- 1:22 UESCAPE takes one character that is no hex digit, quote, space or plus sign
SELECT U&'a' UESCAPE 'xx'

-- 1:32 a column is either METADATA or GENERATED, and only once
CREATE TABLE t (a INT METADATA GENERATED ALWAYS AS (b))

-- 1:36 NOT NULL stands twice on one column
CREATE TABLE t (a INT NOT NULL NOT NULL)

-- 1:36 unexpected '('; expected BY
CREATE TABLE t (a int) PARTITIONED (a)

-- 1:51 unexpected end of text; expected AS, WITH or LANGUAGE
CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE java

-- 1:20 unexpected ')'; expected a type
CREATE FUNCTION f(a) RETURNS INT LANGUAGE java AS $$ x $$

-- 1:13 unexpected AS; expected a name
CREATE VIEW AS SELECT 1

-- 1:9 unexpected DROP; expected a query
EXPLAIN DROP TABLE t

-- 1:22 unexpected ')'; expected a type
SELECT TRY_CAST(a AS )

-- 1:28 unexpected number 5; expected NULL, DISTINCT or TRUE
SELECT a FROM t WHERE a IS 5

-- 1:26 unexpected end of text; expected an expression
SELECT a FROM t WHERE NOT

-- 1:25 unexpected end of text; expected an expression
SELECT a FROM t GROUP BY

-- 1:28 unexpected name 'DSC'; expected ',', AS or the end of the statement
-- hint: is a comma missing before 'DSC'?
SELECT a FROM t ORDER BY a DSC

-- 1:27 unexpected end of text; expected ',' or ')'
-- hint: the ( at line 1, column 15 is not closed
SELECT a FROM (VALUES 1, 2

-- 1:21 unexpected end of text; expected a name, TABLE, LATERAL or '('
SELECT a FROM t JOIN

-- 1:18 unexpected WHERE; expected a name, TABLE, LATERAL or '('
-- hint: remove the comma before WHERE
SELECT a FROM t, WHERE a = 1

-- 1:19 unexpected name 'y'; expected ',', WHERE, GROUP or JOIN
-- hint: is a comma missing before 'y'?
SELECT a FROM t x y

-- 1:12 unexpected ')'; expected an expression
-- hint: remove the comma before ')'
SELECT f(a,) FROM t

-- 1:10 unexpected ','; expected an expression or ')'
SELECT f(,a) FROM t

-- 1:12 unexpected ')'; expected an expression
-- hint: remove the comma before ')'
SELECT (a, ) FROM t

-- 1:13 unexpected FROM; expected an expression
SELECT a -> FROM t

-- 1:17 unexpected end of text; expected a name, TABLE, LATERAL or '('
SELECT DATE FROM

-- 1:17 unexpected ')'; expected ',' or FROM
SELECT EXTRACT(a) FROM t

-- 1:21 unexpected name 'ts'; expected ',' or FROM
-- hint: is a comma missing before 'ts'?
SELECT EXTRACT(YEAR ts) FROM t

-- 1:42 unexpected name 'A'; expected '('
SELECT * FROM t MATCH_RECOGNIZE (PATTERN A B DEFINE A AS true)

-- 1:47 unexpected ')'; expected DEFINE, SUBSET or WITHIN
SELECT * FROM t MATCH_RECOGNIZE (PATTERN (A B))

-- 1:33 unexpected 'OF'; expected AS
SELECT * FROM t FOR SYSTEM_TIME OF x

-- 1:36 unexpected name 'w'; expected ',', WHERE, GROUP or JOIN
-- hint: is a comma missing before 'w'?
SELECT sum(a) OVER w FROM t WINDOW w AS PARTITION BY a

-- 1:8 a name in quotes has at least one character
SELECT "" FROM t

-- 1:23 unexpected '-'; expected ALL or a number
SELECT a FROM t LIMIT -1

-- 1:18 unexpected ')'; expected a name
-- hint: remove the comma before ')'
INSERT INTO t (a,) VALUES (1)

-- 1:27 unexpected end of text; expected an expression
-- hint: remove the comma
INSERT INTO t VALUES 1, 2,

-- 1:42 unexpected number 5; expected INTERVAL or a string
INSERT INTO t SELECT a FROM s EMIT EVERY 5

-- 1:6 unexpected AS; expected a name or RECURSIVE
WITH AS (SELECT 1) SELECT 1

-- 1:21 unexpected end of text; expected a query
WITH x AS (SELECT 1)

-- 1:11 unexpected name 'c'; expected the end of the statement
SET a = b c

-- 1:36 unexpected '+'; expected ',' or ')'
CREATE TABLE t (a INT) WITH (a = 1 + 2)

-- 1:28 unexpected end of text; expected END, WHEN or ELSE
SELECT CASE WHEN a THEN END

-- 1:18 unexpected THEN; expected an expression
SELECT CASE WHEN THEN 1 END

-- 1:19 BETWEEN needs two bounds
-- hint: write a BETWEEN low AND high
SELECT a BETWEEN 1, 2

-- 3:1 unexpected FROM; expected an expression
-- hint: remove the comma before FROM
SELECT a, -- first
  b, /* second */
FROM t;

-- 2:9 unexpected name 'topic'; expected ',' or ')'
-- hint: is a comma missing before 'topic'?
CREATE TABLE t (a INT) WITH (
  a = 1 topic = 'x'
);

-- 3:4 unexpected end of text; expected ',', ')' or ORDER
-- hint: the ( at line 2, column 8 is not closed
SELECT
  count(a,
  b

-- 2:12 unexpected string 'x'...'; expected ',', AS, FROM or the end of the statement
-- hint: the string that starts at line 1, column 8 ends only here: is its closing quote missing?
SELECT 'abc FROM t
WHERE a = 'x'
  AND b = 'y'

-- 2:2 unexpected name 'x' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
-- 4:8 unexpected name 'TABEL'; expected TABLE, VIEW or FUNCTION
-- hint: did you mean 'TABLE'?
-- 6:1 unexpected name 'UPDATE' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
INSERT INTO t VALUES (1)
;x;
SELECT ';' AS "a;b" /* ; */; -- ;
CREATE TABEL t (a INT);
CREATE FUNCTION f() RETURNS INT LANGUAGE java AS $$ ; SELECT , $$;
UPDATE t SET a = 1;
SELECT 1;

-- 3:12 the quote ' that opens here is not closed
-- hint: or the string that starts at line 1, column 8 is closed too late
SELECT 'abc
  def' FROM t WHERE b
  = c AND d'

-- 1:17 unexpected '='; expected an expression
-- 2:1 unexpected ')' at the start of a statement
-- hint: a statement starts with SELECT, WITH, VALUES, INSERT, CREATE, SET, EXPLAIN or DROP
-- 3:3 the comment that opens here is not closed
-- hint: close it with */
SELECT (a + b = = c;
);
  /* SELECT 1;
