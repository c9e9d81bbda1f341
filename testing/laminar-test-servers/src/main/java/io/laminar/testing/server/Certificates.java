package io.laminar.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Certificates made by keytool: one for servers on this machine, one for a client, each signed by itself and so its own
 * authority. All files are in one folder.
 */
public final class Certificates {
    static final String PASSWORD = "changeit";

    private static final String SERVER = "server";
    private static final String CLIENT = "client";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes the files in an existing folder. */
    public static Certificates make(Path folder) {
        Certificates certificates = new Certificates(folder);
        for (String name : List.of(SERVER, CLIENT)) {
            certificates.makePair(name);
            certificates.run(List.of(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-keystore",
                    certificates.store(name).toString(),
                    "-storepass",
                    PASSWORD,
                    "-file",
                    certificates.file(name + ".crt").toString()));
        }
        certificates.run(List.of(
                "-importcert",
                "-noprompt",
                "-alias",
                CLIENT,
                "-file",
                certificates.clientCertificate().toString(),
                "-keystore",
                certificates.clientsStore().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        certificates.writeClientKey();
        return certificates;
    }

    private void makePair(String name) {
        run(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                store(name).toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    }

    /** PEM of the authority of servers. */
    public Path authority() {
        return file(SERVER + ".crt");
    }

    /** PEM of the client's certificate. */
    public Path clientCertificate() {
        return file(CLIENT + ".crt");
    }

    /** PEM of the client's key. */
    public Path clientKey() {
        return file(CLIENT + ".key");
    }

    Path serverStore() {
        return store(SERVER);
    }

    /** The clients that a server lets in. */
    Path clientsStore() {
        return file("clients.p12");
    }

    private Path store(String name) {
        return file(name + ".p12");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void writeClientKey() {
        try {
            KeyStore store = KeyStore.getInstance(store(CLIENT).toFile(), PASSWORD.toCharArray());
            Key key = Objects.requireNonNull(store.getKey(CLIENT, PASSWORD.toCharArray()));
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key.getEncoded());
            Files.writeString(clientKey(), "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(arguments);
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool fails: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
