package io.laminar.connector.file.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that was given up wakes up and goes on writing, beside the one that has taken its place. */
class AbandonedWriterTest {
    @TempDir
    private Path folder = Path.of("");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private static ResumeRecoverable throughBytes(PartFiles files, ResumeRecoverable saved) throws IOException {
        var serializer = files.getResumeRecoverableSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(saved));
    }

    @Test
    void aPartFileIsNotTouchedByIt() throws IOException {
        PartFiles files = new PartFiles();
        Path target = folder.resolve("part-1.json");
        var abandoned = files.open(new org.apache.flink.core.fs.Path(target.toUri()));
        abandoned.write(bytes("abc"));
        ResumeRecoverable saved = throughBytes(files, abandoned.persist());
        abandoned.write(bytes("lost"));
        try (RecoverableFsDataOutputStream restored = files.recover(saved)) {
            assertEquals(3, restored.getPos());
            restored.write(bytes("def"));
            abandoned.write(bytes("awake"));
        }
        // Another restore from the same checkpoint.
        RecoverableFsDataOutputStream again = files.recover(saved);
        again.write(bytes("DEF"));
        var committer = again.closeForCommit();
        abandoned.write(bytes("awake"));
        committer.commit();
        assertEquals("abcDEF", Files.readString(target));
        assertEquals(List.of("part-1.json"), names());
        abandoned.write(bytes("awake"));
        abandoned.close();
        assertEquals("abcDEF", Files.readString(target));
        CommitRecoverable committed = committer.getRecoverable();
        files.recoverForCommit(committed).commitAfterRecovery();
        assertEquals("abcDEF", Files.readString(target));
    }

    @Test
    void whatHasBecomeTooShortIsRefused() throws IOException {
        PartFiles files = new PartFiles();
        var stream = files.open(
                new org.apache.flink.core.fs.Path(folder.resolve("part-1.json").toUri()));
        stream.write(bytes("abc"));
        PartFile saved = (PartFile) stream.persist();
        stream.close();
        Files.write(saved.hidden(), bytes("a"));
        assertThrows(IOException.class, () -> files.recover(saved));
        assertThrows(IOException.class, () -> files.recoverForCommit(saved).commitAfterRecovery());
        assertEquals(List.of(String.valueOf(saved.hidden().getFileName())), names());
    }

    /** The one that wakes up is the parent of this process: another one, which is alive. */
    @Test
    void aSingleFileIsReplacedIfItMayBeOpen() throws IOException {
        Path path = folder.resolve("out.json");
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        WritingProcess own = WritingProcess.current();
        WritingProcess other = new WritingProcess(
                own.host(),
                parent.pid(),
                parent.info().startInstant().orElseThrow().toEpochMilli());
        OutputClaim theirs = new OutputClaim(path, "job", other);
        OutputClaim ours = new OutputClaim(path, "job");
        assertFalse(ours.mayBeOpenElsewhere());
        theirs.take();
        assertTrue(ours.isOurs());
        assertTrue(ours.mayBeOpenElsewhere());
        Files.write(path, bytes("abc"));
        try (var abandoned = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
            abandoned.write(bytes("lost"));
            SingleFileSink.replaceByCopy(path, 3);
            abandoned.write(bytes("awake"));
        }
        assertEquals("abc", Files.readString(path));
        ours.take();
        assertFalse(ours.mayBeOpenElsewhere());
        new OutputClaim(path, "job", new WritingProcess(own.host(), own.pid(), own.started() - 1)).take();
        assertFalse(ours.mayBeOpenElsewhere(), "its number belongs to another process by now");
        new OutputClaim(path, "job", new WritingProcess("elsewhere", 1, 1)).take();
        assertTrue(ours.mayBeOpenElsewhere());
    }
}
