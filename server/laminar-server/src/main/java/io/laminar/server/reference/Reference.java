package io.laminar.server.reference;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.connector.FormatUse;
import io.laminar.connector.MetadataField;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.server.api.Collection;
import io.laminar.server.api.ConnectorResource;
import io.laminar.server.api.FormatResource;
import io.laminar.server.api.FunctionResource;
import io.laminar.server.api.OptionResource;
import io.laminar.server.api.VersionResource;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.Signature;
import io.laminar.spi.option.Option;
import io.laminar.sql.function.FunctionCatalog;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What SQL can be written with; the same declarations make the reference pages. */
public final class Reference {
    private final String version;

    /** @param version of Laminar */
    public Reference(String version) {
        this.version = version;
    }

    public VersionResource version() {
        return new VersionResource(version, Runtime.version().toString(), JobRuntime.flinkVersion());
    }

    public Collection<ConnectorResource> connectors() {
        return Collection.all(Connectors.all().stream()
                .sorted(Comparator.comparing(Connector::name))
                .map(Reference::connector)
                .toList());
    }

    private static ConnectorResource connector(Connector connector) {
        return new ConnectorResource(
                connector.name(),
                connector.description(),
                connector.uses().stream()
                        .map(use -> use.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                connector.capabilities().stream()
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                connector.formatUse() != FormatUse.NONE,
                options(connector.options()),
                connector.metadata().stream().map(MetadataField::key).toList(),
                connector.icon());
    }

    public Collection<FormatResource> formats() {
        return Collection.all(Formats.all().stream()
                .sorted(Comparator.comparing(Format::name))
                .map(format -> new FormatResource(format.name(), options(format.options())))
                .toList());
    }

    private static List<OptionResource> options(List<Option> options) {
        return options.stream()
                .map(option -> new OptionResource(
                        option.name(),
                        option.kind().name().toLowerCase(Locale.ROOT),
                        option.required(),
                        option.defaultValue(),
                        option.choices(),
                        option.secret(),
                        option.connection(),
                        option.description()))
                .toList();
    }

    public Collection<FunctionResource> functions() {
        FunctionCatalog catalog = FunctionCatalog.installed();
        Set<FunctionDeclaration> all = new LinkedHashSet<>();
        catalog.names().forEach(name -> catalog.find(name).ifPresent(all::add));
        return Collection.all(all.stream()
                .sorted(Comparator.comparing(FunctionDeclaration::name))
                .map(function -> new FunctionResource(
                        function.name(),
                        function.category().title(),
                        function.signatures().stream().map(Signature::text).toList(),
                        function.description(),
                        function.examples().stream()
                                .findFirst()
                                .map(example -> example.expression() + " -> " + example.result())
                                .orElse(null)))
                .toList());
    }
}
