-- Operators and their precedence.
SELECT a + b - c * d / e % f, -a, +a, - -a, a - -b, (a + b) * c;
SELECT a = b, a == b, a <> b, a != b, a < b, a <= b, a > b, a >= b;
SELECT a AND b OR NOT c AND d, NOT a = b, NOT (a OR b), a OR b OR c;
SELECT a || b || c, a || 'x' = b, a & b, a ^ b, a << 2;
SELECT a IS NULL, a IS NOT NULL, a IS TRUE, a IS NOT FALSE, a IS UNKNOWN, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b + 1;
SELECT a IN (1, 2, 3), a NOT IN ('x'), a IN (SELECT b FROM t), (a, b) IN ((1, 2), (3, 4)), (a, b) IN (SELECT c, d FROM t);
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2 + 3, a BETWEEN SYMMETRIC 2 AND 1, a BETWEEN b AND c AND d BETWEEN e AND f OR g;
SELECT a LIKE 'x%', a NOT LIKE 'x', a LIKE 'x!%' ESCAPE '!', a ILIKE 'X%', a NOT ILIKE 'x', a SIMILAR TO '(a|b)+', a NOT SIMILAR TO 'x';
SELECT a LIKE 'x' AND b LIKE 'y' ESCAPE '!' OR c NOT LIKE 'z' || d, a LIKE b || '%' ESCAPE '!', a LIKE 'x' = true;
SELECT a ~ 'x', a ~* 'x', a !~ 'x', a !~* 'x', a || b ~ 'x' AND c, NOT a ~ 'x', a~'x';
SELECT j -> 'a', j ->> 'a', j -> 'a' -> 'b' ->> 'c', j -> 0, j -> -1, j ->> 'a' = 'b', j->'a'->>0;
SELECT j ? 'key', j -> 'a' ? 'b' AND c, NOT j ? 'key', j ->> 'a' || 'x' || (k ->> 'b'), 'x' || j ->> 'a';
SELECT (j ->> 'n')::int + 1, (j -> 'a')::text, j ->> 'n'::text, j -> ('a' || 'b'), coalesce(j ->> 'a', j ->> 'b'), f(j -> 'a'), f(x, j -> 'a');
SELECT sum((j ->> 'n')::double) FROM t WHERE j ->> 'type' = 'x' GROUP BY j ->> 'k';
SELECT a[1], a[1][2], a[i + 1], m['key'], a[1].x, a[1].b[2].c, s.a[1], f(x)[1], m['k']['l'], t.m['k'], (f(x))[1];
SELECT s.field, t.s.field.x, f(x).field, f(x).a.b, ROW(1, 2).a, window.start, window.end, t.window.start;
SELECT a = ANY (SELECT b FROM t), a > ALL (SELECT b FROM t), a = SOME (1, 2), a <> ANY (b), a == ANY (SELECT 1);
SELECT EXISTS (SELECT 1 FROM t), NOT EXISTS (SELECT 1), (SELECT max(a) FROM t), (SELECT 1) + 1, UNIQUE (SELECT 1);
SELECT CASE WHEN a = 1 THEN 'x' WHEN b THEN 'y' ELSE 'z' END, CASE a WHEN 1 THEN 2 ELSE 3 END, CASE WHEN a THEN CASE WHEN b THEN c END END, CASE a WHEN 1, 2 THEN 3 END;
SELECT at + INTERVAL '1 hour' > b, at - INTERVAL '5' MINUTE BETWEEN x AND y, (a - b) * INTERVAL '1' SECOND, (a - b) day FROM t;
SELECT (start1, end1) OVERLAPS (start2, end2), a MEMBER OF b, j IS JSON, j IS NOT JSON OBJECT;
SELECT /* a comment */ a -- another
  /* a
     longer one ; with ' quotes " and $$ */ + /**/ b /***/ FROM t;
