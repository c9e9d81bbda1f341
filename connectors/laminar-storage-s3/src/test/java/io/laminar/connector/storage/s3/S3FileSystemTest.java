package io.laminar.connector.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.connector.storage.Storages;
import io.laminar.testing.s3.S3Mock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system against S3Mock. */
class S3FileSystemTest {
    private static S3Mock store;

    @BeforeAll
    static void start(@TempDir java.nio.file.Path folder) {
        store = S3Mock.start(folder.resolve("store"));
        store.createBucket("files");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static StorageSettings settings(String endpoint, long retryMicros) {
        return new StorageSettings(endpoint, null, "key", "secret", null, null, retryMicros);
    }

    private static Path path(String name) {
        return Storages.path("s3://files/" + name, settings(store.endpoint(), 1_000_000));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static void write(Path path, byte[] content) throws IOException {
        try (FSDataOutputStream out = path.getFileSystem().create(path, WriteMode.OVERWRITE)) {
            out.write(content);
        }
    }

    private static byte[] read(Path path) throws IOException {
        try (FSDataInputStream in = path.getFileSystem().open(path)) {
            return in.readAllBytes();
        }
    }

    @Test
    void writesAndReadsFilesOfAnySize() throws IOException {
        for (int size : new int[] {0, 1, 70_000, PartBuffer.SIZE, 2 * PartBuffer.SIZE + 5}) {
            Path file = path("sizes/" + size);
            write(file, bytes(size));
            assertEquals(size, file.getFileSystem().getFileStatus(file).getLen());
            assertArrayEquals(bytes(size), read(file));
        }
    }

    @Test
    void readsFromAnywhere() throws IOException {
        byte[] content = bytes(5 << 20);
        Path file = path("seek");
        write(file, content);
        Random random = new Random(7);
        try (FSDataInputStream in = file.getFileSystem().open(file)) {
            for (int i = 0; i < 50; i++) {
                int from = random.nextInt(content.length);
                in.seek(from);
                byte[] some = in.readNBytes(random.nextInt(i % 5 == 0 ? 2 << 20 : 5_000));
                assertArrayEquals(Arrays.copyOfRange(content, from, from + some.length), some);
                assertEquals(from + some.length, in.getPos());
            }
        }
    }

    @Test
    void foldersAreWhatNamesImply() throws IOException {
        FileSystem files = path("").getFileSystem();
        write(path("tree/a"), bytes(1));
        write(path("tree/b/c"), bytes(2));
        write(path("tree/b/d ü"), bytes(3));
        assertTrue(files.getFileStatus(path("tree/b")).isDir());
        assertEquals(
                List.of("/tree/a", "/tree/b"),
                Arrays.stream(files.listStatus(path("tree")))
                        .map(status -> status.getPath().getPath())
                        .sorted()
                        .toList());
        assertTrue(files.exists(path("tree/b/d ü")));
        assertFalse(files.exists(path("tree/b/x")));
        assertThrows(IOException.class, () -> files.delete(path("tree/b"), false));
        assertTrue(files.delete(path("tree/b"), true));
        assertFalse(files.exists(path("tree/b")));
        assertTrue(files.rename(path("tree/a"), path("tree/e")));
        assertArrayEquals(bytes(1), read(path("tree/e")));
        assertFalse(files.exists(path("tree/a")));
    }

    @Test
    void onlyOneCreatesAFileThatMustBeNew() throws IOException {
        FileSystem files = path("").getFileSystem();
        files.create(path("new"), WriteMode.NO_OVERWRITE).close();
        FSDataOutputStream second = files.create(path("new"), WriteMode.NO_OVERWRITE);
        assertThrows(FileAlreadyExistsException.class, second::close);
    }

    @Test
    void aFileGoesOnFromWhatACheckpointKept() throws IOException {
        Path file = path("parts/part-0");
        FileSystem files = file.getFileSystem();
        RecoverableWriter writer = files.createRecoverableWriter();
        byte[] content = bytes(PartBuffer.SIZE + 100_000);
        RecoverableFsDataOutputStream out = writer.open(file);
        out.write(content, 0, PartBuffer.SIZE + 50_000);
        byte[] state = writer.getResumeRecoverableSerializer().serialize(out.persist());
        out.write(new byte[PartBuffer.SIZE]);
        out.close();
        assertFalse(files.exists(file), "nothing is seen before the commit");

        RecoverableWriter again = files.createRecoverableWriter();
        RecoverableWriter.ResumeRecoverable kept =
                again.getResumeRecoverableSerializer().deserialize(1, state);
        RecoverableFsDataOutputStream resumed = again.recover(kept);
        assertEquals(PartBuffer.SIZE + 50_000, resumed.getPos());
        resumed.write(content, PartBuffer.SIZE + 50_000, 50_000);
        RecoverableFsDataOutputStream.Committer committer = resumed.closeForCommit();
        byte[] commit = again.getCommitRecoverableSerializer().serialize(committer.getRecoverable());
        committer.commit();
        assertArrayEquals(content, read(file));
        // Asked again after a restart, it is done already.
        again.recoverForCommit(again.getCommitRecoverableSerializer().deserialize(1, commit))
                .commitAfterRecovery();
        assertArrayEquals(content, read(file));
        assertTrue(again.cleanupRecoverableState(kept));
        assertEquals(1, files.listStatus(path("parts")).length);
    }

    /** The first checkpoint's leftovers go once the second is complete, which may be the one to go on from. */
    @Test
    void twoCheckpointsWithoutRowsInBetweenKeepTheirOwn() throws IOException {
        Path file = path("quiet/part-0");
        RecoverableWriter writer = file.getFileSystem().createRecoverableWriter();
        byte[] content = bytes(1_000);
        RecoverableFsDataOutputStream out = writer.open(file);
        out.write(content, 0, content.length);
        RecoverableWriter.ResumeRecoverable first = out.persist();
        RecoverableWriter.ResumeRecoverable second = out.persist();
        assertTrue(writer.cleanupRecoverableState(first));
        RecoverableFsDataOutputStream resumed = writer.recover(second);
        assertEquals(content.length, resumed.getPos());
        resumed.closeForCommit().commit();
        assertArrayEquals(content, read(file));
    }

    @Test
    void anEmptyFileIsCommittedToo() throws IOException {
        Path file = path("empty/part-0");
        file.getFileSystem()
                .createRecoverableWriter()
                .open(file)
                .closeForCommit()
                .commit();
        assertEquals(0, file.getFileSystem().getFileStatus(file).getLen());
    }

    @Test
    void errorsSayWhatIsWrong() throws IOException {
        Path noBucket = Storages.path("s3://nowhere/x", settings(store.endpoint(), 0));
        assertMessage(FileNotFoundException.class, "there is no bucket 'nowhere'", noBucket);
        assertMessage(FileNotFoundException.class, "does not exist", path("nothing/here"));
        Path noServer = Storages.path("s3://files/x", settings("http://127.0.0.1:1", 0));
        assertMessage(IOException.class, "http://127.0.0.1:1 does not answer", noServer);
        assertMessage(AccessDeniedException.class, "does not know the access key", refusing("InvalidAccessKeyId"));
        assertMessage(AccessDeniedException.class, "secret key is not that", refusing("SignatureDoesNotMatch"));
        assertMessage(AccessDeniedException.class, "access to bucket 'files' is denied", refusing("AccessDenied"));
    }

    /** A store that refuses everything with the answer that Amazon's gives. */
    private static Path refusing(String code) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(403, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Storages.path(
                "s3://files/x",
                settings("http://127.0.0.1:" + server.getAddress().getPort(), 0));
    }

    private static void assertMessage(Class<? extends IOException> type, String part, Path path) {
        IOException error = assertThrows(type, () -> path.getFileSystem().listStatus(path));
        assertTrue(String.valueOf(error.getMessage()).contains(part), error::toString);
    }
}
