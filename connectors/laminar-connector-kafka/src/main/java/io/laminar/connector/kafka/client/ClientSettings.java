package io.laminar.connector.kafka.client;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.KafkaOptions.AuthType;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** How clients reach the brokers of a table: what consumers, producers and administrators have in common. */
public final class ClientSettings {
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final List<String> PROTOCOLS = List.of("SASL_PLAINTEXT", "SASL_SSL");
    private static final List<Option> TLS_OPTIONS =
            List.of(KafkaOptions.TLS_CA, KafkaOptions.TLS_CERT, KafkaOptions.TLS_KEY, KafkaOptions.TLS_KEY_PASSWORD);
    private static final String PEM = "PEM";
    private static final String IAM_LOGIN = "software.amazon.msk.auth.iam.IAMLoginModule";

    private ClientSettings() {}

    /**
     * The settings, with those the user gives for the client itself on top.
     *
     * @throws LaminarException INVALID_OPTION, UNKNOWN_OPTION, MISSING_OPTION, FILE_UNREADABLE
     */
    public static Properties of(TableDescriptor table) {
        return of(table.options());
    }

    /** The same for what is said of the connection alone. */
    public static Properties of(OptionValues options) {
        Properties settings = new Properties();
        settings.setProperty(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.text(KafkaOptions.BOOTSTRAP_SERVERS));
        AuthType auth = options.choice(KafkaOptions.AUTH_TYPE, AuthType.class);
        boolean tls = isEncrypted(options);
        settings.setProperty(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(auth, tls));
        if (auth == AuthType.SASL) {
            addSasl(options, settings);
        } else if (auth == AuthType.AWS_MSK_IAM) {
            addIam(options, settings);
        }
        if (tls) {
            addTls(options, settings);
        }
        settings.putAll(ClientProperties.of(options));
        return settings;
    }

    private static boolean isEncrypted(OptionValues options) {
        Optional<Object> asked = options.find(KafkaOptions.TLS);
        Optional<String> protocol = options.findText(KafkaOptions.AUTH_PROTOCOL).map(p -> p.toUpperCase(Locale.ROOT));
        protocol.filter(p -> !PROTOCOLS.contains(p)).ifPresent(p -> {
            throw invalid(KafkaOptions.AUTH_PROTOCOL, "'" + p + "'", "it is " + String.join(" or ", PROTOCOLS));
        });
        boolean given = TLS_OPTIONS.stream().anyMatch(options::has);
        boolean iam = options.choice(KafkaOptions.AUTH_TYPE, AuthType.class) == AuthType.AWS_MSK_IAM;
        if (asked.isPresent() && protocol.isPresent() && (Boolean) asked.get() != isTls(protocol.get())) {
            throw invalid(
                    KafkaOptions.AUTH_PROTOCOL,
                    protocol.get() + " and tls.enabled = " + asked.get() + " contradict each other",
                    "leave one of them out");
        }
        return asked.map(Boolean.class::cast)
                .orElseGet(() -> protocol.map(ClientSettings::isTls).orElse(given || iam));
    }

    private static boolean isTls(String protocol) {
        return protocol.equals("SASL_SSL");
    }

    private static String protocol(AuthType auth, boolean tls) {
        if (auth == AuthType.NONE) {
            return tls ? "SSL" : "PLAINTEXT";
        }
        return tls ? "SASL_SSL" : "SASL_PLAINTEXT";
    }

    private static void addSasl(OptionValues options, Properties settings) {
        String mechanism = required(options, KafkaOptions.AUTH_MECHANISM).toUpperCase(Locale.ROOT);
        if (!MECHANISMS.contains(mechanism)) {
            throw invalid(
                    KafkaOptions.AUTH_MECHANISM, "'" + mechanism + "'", "there are " + String.join(", ", MECHANISMS));
        }
        String module = mechanism.equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        settings.setProperty(SaslConfigs.SASL_MECHANISM, mechanism);
        settings.setProperty(
                SaslConfigs.SASL_JAAS_CONFIG,
                module + " required username=" + quoted(required(options, KafkaOptions.AUTH_USERNAME)) + " password="
                        + quoted(required(options, KafkaOptions.AUTH_PASSWORD)) + ";");
    }

    /** Amazon's login module is not part of Laminar, but found if it is on the class path. */
    private static void addIam(OptionValues options, Properties settings) {
        try {
            Class.forName(IAM_LOGIN, false, ClientSettings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "auth.type = 'aws_msk_iam' needs Amazon's login module, which is not on the class path",
                    null,
                    "put aws-msk-iam-auth-*-all.jar beside the jars of Laminar",
                    e);
        }
        settings.setProperty(SaslConfigs.SASL_MECHANISM, "AWS_MSK_IAM");
        settings.setProperty(SaslConfigs.SASL_JAAS_CONFIG, IAM_LOGIN + " required;");
        settings.setProperty(
                SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS,
                "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
        options.findText(KafkaOptions.AUTH_REGION).ifPresent(region -> settings.setProperty("aws.region", region));
    }

    private static void addTls(OptionValues options, Properties settings) {
        options.findText(KafkaOptions.TLS_CA).ifPresent(file -> {
            settings.setProperty(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.setProperty(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, content(KafkaOptions.TLS_CA, file));
        });
        if (options.has(KafkaOptions.TLS_CERT) || options.has(KafkaOptions.TLS_KEY)) {
            settings.setProperty(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.setProperty(
                    SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                    content(KafkaOptions.TLS_CERT, required(options, KafkaOptions.TLS_CERT)));
            settings.setProperty(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    content(KafkaOptions.TLS_KEY, required(options, KafkaOptions.TLS_KEY)));
            options.findText(KafkaOptions.TLS_KEY_PASSWORD)
                    .ifPresent(password -> settings.setProperty(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password));
        }
        if (!options.bool(KafkaOptions.TLS_VERIFY_HOSTNAME)) {
            settings.setProperty(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
    }

    /** Read here and not where clients run, which may be another machine. */
    private static String content(Option option, String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
        } catch (IOException | RuntimeException e) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    option.name() + ": '" + file + "' cannot be read: " + e,
                    null,
                    option.description(),
                    e);
        }
    }

    private static String required(OptionValues options, Option option) {
        return options.findText(option)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.MISSING_OPTION, "option '" + option.name() + "' is required", option.description()));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static LaminarException invalid(Option option, String reason, String hint) {
        return new LaminarException(ErrorCode.INVALID_OPTION, "option '" + option.name() + "': " + reason, hint);
    }
}
