package io.laminar.server.http;

/** The page on which the calls can be read and tried. */
final class DocsPage {
    private static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Laminar API</title>
              <link rel="stylesheet" href="/webjars/swagger-ui/VERSION/swagger-ui.css">
            </head>
            <body>
              <div id="calls"></div>
              <script src="/webjars/swagger-ui/VERSION/swagger-ui-bundle.js"></script>
              <script>
                SwaggerUIBundle({ url: "DOCUMENT", dom_id: "#calls", persistAuthorization: true });
              </script>
            </body>
            </html>
            """;

    private DocsPage() {}

    static String html(String document) {
        return HTML.replace("VERSION", version()).replace("DOCUMENT", document);
    }

    /** The version of the page's scripts, as their jar tells it. */
    private static String version() {
        java.util.Properties properties = new java.util.Properties();
        try (var in = DocsPage.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(java.util.Objects.requireNonNull(in));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
