package io.laminar.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Pictures of connectors: SVG texts of 24 by 24 units, resources named {@code /io/laminar/connector/icon/NAME.svg}. */
final class Icons {
    /** A plug without a name: a box and a line into it. */
    private static final String OTHER = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\""
            + " stroke=\"currentColor\" stroke-width=\"2\"><rect x=\"9\" y=\"6\" width=\"12\" height=\"12\" rx=\"2\"/>"
            + "<path d=\"M2 12h7\"/></svg>\n";

    private Icons() {}

    static String of(Connector connector) {
        String file = "/io/laminar/connector/icon/" + connector.name() + ".svg";
        try (InputStream icon = connector.getClass().getResourceAsStream(file)) {
            return icon == null ? OTHER : new String(icon.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
