package io.laminar.format.registry;

import io.laminar.spi.format.RegistryReader;
import io.laminar.spi.option.OptionValues;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks into registries that speak Confluent's API. */
public final class InstalledRegistries implements RegistryReader {

    @Override
    public List<String> subjects(OptionValues options) {
        return Registries.of(options).subjects();
    }

    @Override
    public Optional<KeptSchema> latest(OptionValues options, String subject) {
        return Registries.of(options)
                .latest(subject)
                .map(schema -> new KeptSchema(
                        schema.definition().language().name().toLowerCase(Locale.ROOT),
                        schema.definition().text()));
    }
}
