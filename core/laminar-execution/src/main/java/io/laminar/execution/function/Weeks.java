package io.laminar.execution.function;

import io.laminar.spi.text.Calendar;

/** Weeks as ISO 8601 counts them: from Monday, and a week belongs to the year that has its Thursday. */
final class Weeks {

    private Weeks() {}

    /** 1 for Monday to 7 for Sunday. */
    static int isoDayOfWeek(long day) {
        return (int) Math.floorMod(day + 3, 7L) + 1;
    }

    static long monday(long day) {
        return day - isoDayOfWeek(day) + 1;
    }

    static int isoYear(long day) {
        return Calendar.year(Calendar.civil(monday(day) + 3));
    }

    static int isoWeek(long day) {
        long thursday = monday(day) + 3;
        long newYear = Calendar.day(Calendar.year(Calendar.civil(thursday)), 1, 1);
        return (int) ((thursday - newYear) / 7) + 1;
    }
}
