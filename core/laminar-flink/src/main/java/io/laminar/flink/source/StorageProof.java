package io.laminar.flink.source;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * A file with a random text in a state folder: a process that does not see it has another folder of that name, and would
 * write checkpoints where nobody finds them.
 *
 * @param folder the state folder, as it was named
 * @param file as a URI
 */
public record StorageProof(String folder, String file, String token) implements Serializable {

    /** @throws SuppressRestartsException around STATE_MISMATCH if this process does not see the folder */
    void check() {
        String seen;
        Path path = new Path(file);
        try (InputStream in = path.getFileSystem().open(path)) {
            seen = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            seen = "";
        }
        if (!seen.equals(token)) {
            throw new SuppressRestartsException(new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the state folder '" + folder + "' is not the same on " + host()
                            + ": all processes of a cluster have to see it",
                    "name a folder that is shared by all machines, or leave --state out to use the cluster's own"
                            + " storage"));
        }
    }

    private static String host() {
        try {
            return "'" + InetAddress.getLocalHost().getHostName() + "'";
        } catch (UnknownHostException e) {
            return "one of the machines";
        }
    }
}
