package io.laminar.testing.tutorial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the {@code sh} blocks of a page, one after the other, in one shell. After a block the page may say what has to be
 * printed, by then or soon: {@code <!-- wait: PATTERN -->}, looked for in all that was printed so far.
 */
public final class ShellTutorial {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 50;
    private static final Pattern STEP = Pattern.compile("(?ms)^```sh\\n(.*?)^```$|^<!-- wait: (.*?) -->$");

    private final Path folder;
    private final Path printed;
    private final Process shell;

    private ShellTutorial(Path folder, Path bin) throws IOException {
        this.folder = folder;
        this.printed = folder.resolve("printed.txt");
        ProcessBuilder builder = new ProcessBuilder("bash")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        this.shell = builder.start();
    }

    /** What a page asks for. */
    private record Step(String kind, String text) {}

    /**
     * Runs a page.
     *
     * @param page Markdown
     * @param folder empty; where the commands run
     * @param bin folder with the commands of the page, before all others
     * @return what was printed
     * @throws IllegalStateException if something that has to be printed is not
     */
    public static String run(String page, Path folder, Path bin) throws IOException, InterruptedException {
        ShellTutorial tutorial = new ShellTutorial(folder, bin);
        try (OutputStream in = tutorial.shell.getOutputStream()) {
            int done = 0;
            for (Step step : steps(page)) {
                if (step.kind().equals("wait")) {
                    tutorial.await(Pattern.compile(step.text()));
                } else {
                    done++;
                    String mark = "block-" + done + "-is-done";
                    in.write((step.text() + "\ntouch " + mark + "\n").getBytes(StandardCharsets.UTF_8));
                    in.flush();
                    tutorial.awaitFile(folder.resolve(mark), step.text());
                }
            }
            return tutorial.printed();
        } finally {
            tutorial.shell.descendants().forEach(ProcessHandle::destroyForcibly);
            tutorial.shell.destroyForcibly();
        }
    }

    private static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        Matcher found = STEP.matcher(page);
        while (found.find()) {
            steps.add(found.group(1) != null ? new Step("run", found.group(1)) : new Step("wait", found.group(2)));
        }
        return steps;
    }

    private String printed() throws IOException {
        return Files.readString(printed);
    }

    private void awaitFile(Path mark, String block) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(mark)) {
            look(end, "the end of:\n" + block);
        }
    }

    private void await(Pattern pattern) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!pattern.matcher(printed()).find()) {
            look(end, "'" + pattern + "'");
        }
    }

    private void look(long end, String what) throws IOException, InterruptedException {
        if (shell.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
            throw new IllegalStateException("waited for " + what + " in " + folder + "; printed so far:\n" + printed());
        }
    }
}
