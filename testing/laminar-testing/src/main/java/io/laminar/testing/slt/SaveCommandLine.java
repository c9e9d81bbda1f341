package io.laminar.testing.slt;

import java.io.IOException;
import java.nio.file.Path;

/** {@code ./dev savepoint FOLDER}: writes the savepoint of a {@link SavedCase} with the Laminar of today. */
public final class SaveCommandLine {

    private SaveCommandLine() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: savepoint FOLDER   (with pipeline.slt in it)");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        int code = 1;
        try (FlinkRuns flink = new FlinkRuns()) {
            SavedCase.in(folder).save(flink);
            System.out.println("saved in " + folder.resolve(SavedCase.STATE));
            code = 0;
        } catch (RuntimeException | IOException e) {
            Thread main = Thread.currentThread();
            main.getUncaughtExceptionHandler().uncaughtException(main, e);
        }
        System.exit(code);
    }
}
