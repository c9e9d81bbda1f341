package io.laminar.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DisplayWidthTest {

    @Test
    void wideCharactersTakeTwoColumnsAndMarksNone() {
        assertEquals(5, DisplayWidth.of("plain"));
        assertEquals(4, DisplayWidth.of("東京"));
        assertEquals(1, DisplayWidth.of("e\u0301"));
        assertEquals(2, DisplayWidth.of("😀"));
    }

    @Test
    void cuttingNeverSplitsACharacter() {
        assertEquals("東", DisplayWidth.cut("東京", 3));
        assertEquals("a", DisplayWidth.cut("a😀", 2));
        assertEquals("abc", DisplayWidth.cut("abc", 3));
    }
}
