package io.laminar.execution.function;

import org.junit.jupiter.api.Test;

class TextFunctionsTest {

    @Test
    void positionsBeforeTheFirstCharacterUseUpTheCount() {
        Check.value("substr('alphabet', -2, 5)", "al");
        Check.value("substr('alphabet', 0, 3)", "al");
        Check.value("substr('alphabet', -10, 5)", "");
        Check.value("substr('alphabet', -3)", "alphabet");
        Check.value("substr('alphabet', 9)", "");
        Check.value("substr('alphabet', 7, 9223372036854775807)", "et");
        Check.value("substr('äöü€😀x', 4, 2)", "€😀");
        Check.refused("substr('alphabet', 2, -1)", "substr: the number of characters is -1");
    }

    @Test
    void leftAndRightCutFromTheOtherEndIfNegative() {
        Check.value("left('äöü', 2)", "äö");
        Check.value("left('äöü', -2)", "ä");
        Check.value("left('äöü', -3)", "");
        Check.value("left('äöü', -9223372036854775807)", "");
        Check.value("right('äöü', 2)", "öü");
        Check.value("right('äöü', -2)", "ü");
        Check.value("right('äöü', 9)", "äöü");
    }

    @Test
    void splitPartCountsFromOneAndSplitIndexFromZero() {
        Check.value("split_part('a,b,c', ',', 3)", "c");
        Check.value("split_part('a,b,c', ',', 4)", "");
        Check.value("split_part('a,b,c', ',', -1)", "c");
        Check.value("split_part('a,b,c', ',', -3)", "a");
        Check.value("split_part('a,b,c', ',', -4)", "");
        Check.value("split_part('a--b', '--', 2)", "b");
        Check.value("split_part('abc', '', 1)", "abc");
        Check.value("split_part('abc', '', 2)", "");
        Check.refused("split_part('abc', ',', 0)", "split_part: parts are counted from 1");
        Check.value("split_index('a/b/c', '/', 0)", "a");
        Check.value("split_index('a/b/c', '/', 2)", "c");
        Check.value("split_index('a/b/c', '/', 3)", "NULL");
        Check.value("split_index('a/b/c', '/', -1)", "NULL");
        Check.value("split_index('', '/', 0)", "");
        Check.value("split_index('a//c', '/', 1)", "");
        Check.value("split_index(NULL, '/', 1)", "NULL");
    }

    @Test
    void substringIndexCountsDelimiters() {
        Check.value("substring_index('www.example.org', '.', 2)", "www.example");
        Check.value("substring_index('www.example.org', '.', 9)", "www.example.org");
        Check.value("substring_index('www.example.org', '.', -9)", "www.example.org");
        Check.value("substring_index('www.example.org', '.', 0)", "");
    }

    @Test
    void paddingFillsAndCuts() {
        Check.value("lpad('hi', 7, 'äß')", "äßäßähi");
        Check.value("rpad('hi', 7, 'äß')", "hiäßäßä");
        Check.value("lpad('alphabet', 3, '*')", "alp");
        Check.value("rpad('alphabet', 0, '*')", "");
        Check.value("lpad('x', -5, '*')", "");
        Check.value("lpad('x', 5, '')", "x");
        Check.refused("lpad('x', 9000000000000, '*')", "lpad: the result would be longer");
        Check.refused("repeat('abc', 9000000000000)", "repeat: the result would be longer");
        Check.value("repeat('abc', -1)", "");
    }

    @Test
    void trimmingTakesCharactersNotBytes() {
        Check.value("btrim('ääxää', 'ä')", "x");
        Check.value("ltrim('ääxää', 'ä')", "xää");
        Check.value("rtrim('ääxää', 'äx')", "");
        // 'ö' shares its first byte with 'ä'.
        Check.value("btrim('öxö', 'ä')", "öxö");
        Check.value("btrim('    ')", "");
        Check.value("btrim('')", "");
    }

    @Test
    void searchAnswersInCharacters() {
        Check.value("strpos('äöü€', '€')", "4");
        Check.value("strpos('abc', '')", "1");
        Check.value("strpos('abc', 'abcd')", "0");
        Check.value("position('a', 'banana', 3)", "4");
        Check.refused("position('a', 'banana', 0)", "position: the first character is 1");
        Check.value("starts_with('abc', 'abcd')", "false");
        Check.value("ends_with('abc', 'bc')", "true");
        Check.value("find_in_set('', 'a,,b')", "2");
        Check.value("find_in_set('', '')", "0");
        Check.value("find_in_set('ab', 'abc,ab')", "2");
        Check.value("levenshtein('äb', 'aß')", "2");
        Check.value("levenshtein('', 'abc')", "3");
    }

    @Test
    void caseMapsLetterByLetter() {
        Check.value("upper('straße')", "STRAßE");
        Check.value("lower('ÀÉÎÕÜ ABCDEFGHIJKLMNOPQRSTUVWXYZ')", "àéîõü abcdefghijklmnopqrstuvwxyz");
        // Two bytes become three.
        Check.value("lower('ȺȺȺȺȺȺȺȺ')", "ⱥⱥⱥⱥⱥⱥⱥⱥ");
        Check.value("upper('@[`{ az')", "@[`{ AZ");
        Check.value("initcap('élan vital o''neil 3rd')", "Élan Vital O'Neil 3rd");
    }

    @Test
    void editingKeepsWhatIsNotConcerned() {
        Check.value("replace('aaa', 'aa', 'b')", "ba");
        Check.value("replace('abc', '', 'x')", "abc");
        Check.value(
                "replace('abc', 'c', 'a longer text than there was room for before')",
                "aba longer text than there was room for before");
        Check.value("translate('äbc', 'äc', '€')", "€b");
        Check.value("overlay('Txxxxas', 'hom', 1, 0)", "homTxxxxas");
        Check.value("overlay('abc', 'Z', 9)", "abcZ");
        Check.refused("overlay('abc', 'Z', 0)", "overlay: the first character is 1");
        Check.value("reverse('😀ab')", "ba😀");
        Check.value("chr(128512)", "😀");
        Check.refused("chr(0)", "chr: 0 is not");
        Check.refused("chr(55296)", "chr: 55296 is not");
        Check.value("ascii('😀')", "128512");
        Check.value("to_hex(-1)", "ffffffffffffffff");
        Check.value("to_hex(0)", "0");
    }

    @Test
    void nullsAreLeftOutOrMakeTheResultNull() {
        Check.value("concat()", "");
        Check.value("concat(NULL, NULL)", "");
        Check.value("concat_ws(NULL, 'a', 'b')", "NULL");
        Check.value("concat_ws(',', NULL, NULL)", "");
        Check.value("concat_ws(',', 'a', '', 'b')", "a,,b");
        Check.value("upper(NULL)", "NULL");
        Check.value("format(NULL, 1)", "NULL");
        Check.value("format('%s|%L', NULL, NULL)", "|NULL");
    }

    @Test
    void formatPlacesPadsAndQuotes() {
        Check.value("format('%2$s %1$s %s', 'a', 'b')", "b a b");
        Check.value("format('[%-5s][%5s]', 'ä', 'b')", "[ä    ][    b]");
        Check.value("format('%I %I', 'plain', 'Not \"plain\"')", "plain \"Not \"\"plain\"\"\"");
        Check.value("format('%L', 'it''s')", "'it''s'");
        Check.value("format('%s', DATE '2024-02-29')", "2024-02-29");
        Check.refused("format('%s %s', 1)", "format: the text asks for more than 1 values");
        Check.refused("format('%d', 1)", "format: %d means nothing");
        Check.refused("format('100%')", "format: the text ends within");
    }

    @Test
    void encodingsAreReversed() {
        Check.value("decode(encode('äöü', 'hex'), 'hex')", "\\xc3a4c3b6c3bc");
        Check.value("from_base64(to_base64('äöü'))", "äöü");
        Check.refused("decode('abc', 'hex')", "decode: the text has an odd number");
        Check.refused("decode('zz', 'hex')", "decode: the text has something else");
        Check.refused("encode('abc', 'hax')", "encode: there is no encoding 'hax'");
    }

    @Test
    void partsOfUrlsAreViews() {
        String url = "'http://bob:pw@[::1]:8080/p/a%20th?q=1&r=#frag'";
        Check.value("parse_url(" + url + ", 'PROTOCOL')", "http");
        Check.value("parse_url(" + url + ", 'AUTHORITY')", "bob:pw@[::1]:8080");
        Check.value("parse_url(" + url + ", 'USERINFO')", "bob:pw");
        Check.value("parse_url(" + url + ", 'HOST')", "[::1]");
        Check.value("parse_url(" + url + ", 'PORT')", "8080");
        Check.value("parse_url(" + url + ", 'path')", "/p/a%20th");
        Check.value("parse_url(" + url + ", 'QUERY')", "q=1&r=");
        Check.value("parse_url(" + url + ", 'FILE')", "/p/a%20th?q=1&r=");
        Check.value("parse_url(" + url + ", 'REF')", "frag");
        Check.value("parse_url(" + url + ", 'QUERY', 'r')", "");
        Check.value("parse_url(" + url + ", 'QUERY', 's')", "NULL");
        Check.value("parse_url('mailto:a@b', 'HOST')", "NULL");
        Check.value("parse_url('no url', 'HOST')", "NULL");
        Check.value("parse_url('https://example.org', 'PATH')", "");
        Check.refused("parse_url('x:y', 'HOTS')", "parse_url: there is no part 'HOTS'");
        Check.value("url_decode(url_encode('a b+c%/ü€😀~'))", "a b+c%/ü€😀~");
        Check.refused("url_decode('100%')", "url_decode: a % is not followed");
        Check.refused("url_decode('%4')", "url_decode: a % is not followed");
    }
}
