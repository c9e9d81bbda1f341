package io.laminar.flink.logs;

import org.apache.logging.log4j.Level;

/** How much a line of a log matters, the least first. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    static LogLevel of(Level level) {
        if (level.isMoreSpecificThan(Level.ERROR)) {
            return ERROR;
        } else if (level.isMoreSpecificThan(Level.WARN)) {
            return WARN;
        }
        return level.isMoreSpecificThan(Level.INFO) ? INFO : DEBUG;
    }
}
