package io.laminar.spi.format;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Looks into schema registries. Found by {@link ServiceLoader}; options are those of {@link RegistryOptions}. */
public interface RegistryReader {

    /**
     * A schema as it is kept.
     *
     * @param language {@code avro}, {@code protobuf} or {@code json}, which are names of formats
     */
    record KeptSchema(String language, String text) {}

    /**
     * The names under which there are schemas.
     *
     * @throws LaminarException UNREACHABLE or ACCESS_DENIED
     */
    List<String> subjects(OptionValues options);

    /**
     * The latest schema of a subject.
     *
     * @throws LaminarException UNREACHABLE or ACCESS_DENIED
     */
    Optional<KeptSchema> latest(OptionValues options, String subject);

    /** @throws LaminarException INVALID_OPTION if Laminar runs without one */
    static RegistryReader installed() {
        return ServiceLoader.load(RegistryReader.class, RegistryReader.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "schema registries cannot be asked here: laminar-schema-registry is not on the class path"));
    }
}
