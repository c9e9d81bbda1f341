package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.server.Certificates;
import io.laminar.testing.server.KafkaBroker;
import io.laminar.testing.server.KafkaBroker.Listener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins and encrypted connections, with certificates that keytool makes. */
@Timeout(120)
class SecurityTest {
    private static final String PASSWORD = "se\\cr\"et;";

    @TempDir
    static Path folder = Path.of("");

    private static Certificates certificates;
    private static Lab lab;

    @BeforeAll
    static void start() {
        certificates = Certificates.make(folder);
        lab = new Lab(KafkaBroker.Settings.PLAIN.withUser("alice", "secret").withCertificates(certificates, true));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static String at(Listener listener, String topic, String... options) {
        return lab.with(topic, options).replace(lab.broker.servers(), lab.broker.servers(listener));
    }

    private static String login(String mechanism, String password) {
        return "auth.type = 'sasl', auth.mechanism = '" + mechanism + "', auth.username = 'alice', auth.password = '"
                + password + "'";
    }

    private static String tls() {
        return "tls.ca = '" + certificates.authority() + "'";
    }

    private static String certificate() {
        return "tls.cert = '" + certificates.clientCertificate() + "', tls.key = '" + certificates.clientKey() + "'";
    }

    /** Writes in transactions and reads, with the same options. */
    private static void copies(Listener listener, String... options) {
        String from = lab.topic("in", 1);
        String to = lab.topic("out", 1);
        lab.send(from, "{\"i\":1}");
        String all = String.join(", ", options);
        lab.run("CREATE TABLE source (i INT) "
                + at(listener, from, all, "source.offset = 'earliest'", "source.bounded = true")
                + "; CREATE TABLE sink (i INT) " + at(listener, to, all, "sink.commit_mode = 'exactly_once'")
                + "; INSERT INTO sink SELECT i FROM source");
        assertEquals(List.of("{\"i\":1}"), lab.values(to));
    }

    private static LaminarException refused(Listener listener, String... options) {
        String topic = lab.topic("in", 1);
        return Lab.refused("CREATE TABLE source (i INT) " + at(listener, topic, options) + "; SELECT * FROM source");
    }

    @Test
    void plain() {
        copies(Listener.SASL_PLAINTEXT, login("PLAIN", "secret"));
    }

    @Test
    void scram() {
        copies(Listener.SASL_PLAINTEXT, login("scram-sha-256", "secret"), "auth.protocol = 'SASL_PLAINTEXT'");
        copies(Listener.SASL_PLAINTEXT, login("SCRAM-SHA-512", "secret"));
    }

    @Test
    void tlsWithACertificate() {
        copies(Listener.SSL, tls(), certificate());
    }

    @Test
    void tlsAndLogin() {
        copies(Listener.SASL_SSL, tls(), certificate(), login("SCRAM-SHA-512", "secret"));
    }

    @Test
    void whoIsNotKnownIsNotLetIn() {
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256")) {
            LaminarException error = refused(Listener.SASL_PLAINTEXT, login(mechanism, PASSWORD.replace("'", "''")));
            assertEquals(ErrorCode.ACCESS_DENIED, error.code(), error.describe());
            assertTrue(!error.describe().contains(PASSWORD), "the password is shown");
        }
        LaminarException untrusted = refused(Listener.SSL, "tls.enabled = true");
        assertEquals(ErrorCode.ACCESS_DENIED, untrusted.code(), untrusted.describe());
        LaminarException bare = refused(Listener.SSL, tls());
        assertEquals(ErrorCode.ACCESS_DENIED, bare.code(), bare.describe());
    }

    @Test
    void optionsThatMakeNoSense() {
        assertEquals(
                ErrorCode.MISSING_OPTION,
                refused(Listener.PLAINTEXT, "auth.type = 'sasl'").code());
        assertEquals(
                ErrorCode.INVALID_OPTION,
                refused(Listener.PLAINTEXT, login("DIGEST-MD5", "secret")).code());
        assertEquals(
                ErrorCode.INVALID_OPTION,
                refused(Listener.PLAINTEXT, login("PLAIN", "secret"), "auth.protocol = 'SASL'")
                        .code());
        assertEquals(
                ErrorCode.FILE_UNREADABLE,
                refused(Listener.SSL, "tls.ca = '/does/not/exist'").code());
        assertEquals(
                ErrorCode.INVALID_OPTION,
                refused(Listener.PLAINTEXT, "auth.type = 'aws_msk_iam'").code());
    }
}
