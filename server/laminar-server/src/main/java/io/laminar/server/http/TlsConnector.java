package io.laminar.server.http;

import io.laminar.server.settings.ServerOptions;
import io.laminar.server.settings.ServerSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Listens with TLS, with the certificate of a PKCS #12 file. */
final class TlsConnector {

    private TlsConnector() {}

    static Connector of(Server server, HttpConfiguration base, ServerSettings settings) {
        Path keystore = Path.of(settings.values().text(ServerOptions.KEYSTORE));
        if (!Files.isReadable(keystore)) {
            throw new LaminarException(
                    ErrorCode.FILE_NOT_FOUND,
                    "server.tls_keystore: there is no file '" + keystore + "'",
                    "keytool -genkeypair -storetype PKCS12 makes one");
        }
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keystore.toUri().toString());
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePassword(settings.values().text(ServerOptions.KEYSTORE_PASSWORD));
        HttpConfiguration https = new HttpConfiguration(base);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        // Certificates of one's own are often for another name, and whom to trust is for the client to decide.
        customizer.setSniHostCheck(false);
        https.addCustomizer(customizer);
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }
}
